// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.selection.SelectionReport;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectTest {
    private static final ExtraClassPath NOTHING = new ExtraClassPath(null);

    @TempDir
    Path directory;

    private ExtraClassPath brought;
    private String jar;

    /** A backend that is never opened. */
    public static final class Acme implements ReactorProvider {
        @Override
        public String id() {
            return "acme";
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.CHANNEL);
        }

        @Override
        public Availability availability() {
            return Availability.available();
        }

        @Override
        public Reactor open(ReactorConfig config) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void bring() throws Exception {
        jar = Files.createFile(directory.resolve("acme.jar")).toString();
        brought = new ExtraClassPath(jar);
    }

    @Test
    void theOneThatIsAskedForIsTaken() {
        SelectionReport report = report(candidate("other", Status.AVAILABLE), candidate("acme", Status.AVAILABLE));
        assertThat(Subject.find(report, "acme", NOTHING)).isInstanceOf(Acme.class);
    }

    @Test
    void theOnlyOneThatWasBroughtNeedsNoName() {
        SelectionReport report =
                report(candidate("epoll", Status.AVAILABLE, "/opt/all.jar"), candidate("acme", Status.AVAILABLE));
        assertThat(Subject.find(report, null, brought)).isInstanceOf(Acme.class);
    }

    @Test
    void aCopyOfItIsOverlooked() {
        SelectionReport report = report(candidate("acme", Status.AVAILABLE), candidate("acme", Status.SHADOWED));
        assertThat(Subject.find(report, null, brought)).isInstanceOf(Acme.class);
        assertThat(Subject.find(report, "acme", brought)).isInstanceOf(Acme.class);
    }

    @Test
    void noneAndSeveralNeedAName() {
        SelectionReport several = report(candidate("acme", Status.AVAILABLE), candidate("bee", Status.AVAILABLE));
        assertRefused(several, null, NOTHING, "no backend is asked for: add --backend, one of [acme, bee]");
        assertRefused(several, null, brought, "[" + jar + "] holds several backends: add --backend");
        assertRefused(report(), null, brought, "[" + jar + "] holds no backend");
    }

    @Test
    void oneThatIsNotThereOrCanNotBeUsedIsRefused() {
        assertRefused(
                report(candidate("acme", Status.AVAILABLE)), "ame", NOTHING, "no backend [ame]: take one of [acme]");
        for (Status status : List.of(Status.UNAVAILABLE, Status.BROKEN, Status.CONFLICT)) {
            assertRefused(report(candidate("acme", status)), "acme", NOTHING, "[acme] can't be used here: a reason");
        }
    }

    @Test
    void oneThatWatchesNothingKnownIsRefused() {
        Candidate acme =
                new Candidate("acme", Acme.class.getName(), jar, 1, Set.of(Capability.TCP), Status.AVAILABLE, "", null);
        assertRefused(report(acme), "acme", NOTHING, "[acme] claims neither INT_FD nor CHANNEL");
    }

    @Test
    void oneThatCanNotBeMadeIsRefused() {
        Candidate acme =
                new Candidate("acme", "org.acme.Lost", jar, 1, Set.of(Capability.CHANNEL), Status.AVAILABLE, "", null);
        assertRefused(report(acme), "acme", NOTHING, "[org.acme.Lost] needs to be a public class");
    }

    private static void assertRefused(SelectionReport report, String id, ExtraClassPath brought, String message) {
        assertThatThrownBy(() -> Subject.find(report, id, brought))
                .isInstanceOf(CouldNotTell.class)
                .hasMessageContaining(message);
    }

    private static SelectionReport report(Candidate... candidates) {
        return new SelectionReport(null, null, null, List.of(candidates));
    }

    private Candidate candidate(String id, Status status) {
        return candidate(id, status, jar);
    }

    private static Candidate candidate(String id, Status status, String location) {
        return new Candidate(
                id, Acme.class.getName(), location, 1, Set.of(Capability.CHANNEL), status, "a reason", null);
    }
}
