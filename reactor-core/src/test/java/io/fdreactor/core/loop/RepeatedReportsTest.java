// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.DescriptorRefused;
import io.fdreactor.core.spi.PollerExhausted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is logged of reports that come again and again. */
class RepeatedReportsTest {
    private static final Throwable ONE = new IllegalStateException("one");

    private final RepeatedReports reports = new RepeatedReports();

    @Test
    void afterAMinuteItIsWholeAgainAndSaysHowOftenItCame() {
        assertThat(reports.add(ONE, "accept", 0).whole()).isTrue();
        assertThat(reports.add(ONE, "accept", 1).whole()).isFalse();
        assertThat(reports.add(ONE, "doRead", 2).whole()).as("another kind").isTrue();
        RepeatedReports.Verdict again = reports.add(ONE, "accept", RepeatedReports.WINDOW_NANOS);
        assertThat(again.whole()).isTrue();
        assertThat(again.counts()).singleElement().asString().startsWith("2 times in all: exception in accept");
    }

    @Test
    void aLackOfRoomInThePollerIsOneReportWhateverItIsSaidOf() {
        PollerExhausted[] full = new PollerExhausted[3];
        for (int i = 0; i < full.length; i++) {
            full[i] = new PollerExhausted("no room; raise it", new IOException("ENOSPC"));
        }
        List<Boolean> whole = new ArrayList<>();
        for (int i = 0; i < full.length; i++) {
            whole.add(reports.add(
                            new DescriptorRefused("[connection " + i + "] can't be watched: no room", full[i]),
                            "addReader",
                            i)
                    .whole());
        }
        assertThat(whole).containsExactly(true, false, false);
        assertThat(reports.end())
                .singleElement()
                .asString()
                .startsWith("3 times in all")
                .contains("no room; raise it");
    }

    @Test
    void itRemembersALimitedNumberOfShortTexts() {
        String longText = "x".repeat(100_000);
        reports.add(new IllegalStateException(longText), "the first", 0);
        reports.add(new IllegalStateException(longText), "the first", 0);
        List<String> counts = List.of();
        for (int i = 0; i < RepeatedReports.MOST; i++) {
            counts = reports.add(ONE, "kind " + i, 0).counts();
        }
        assertThat(counts)
                .as("the first is forgotten")
                .singleElement()
                .asString()
                .startsWith("2 times")
                .hasSizeLessThan(400);
        assertThat(reports.end()).isEmpty();
    }
}
