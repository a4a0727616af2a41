// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said when every address of a name has failed. */
class ConnectFailedTest {
    private static final ConnectFailed.Refused REFUSED = new ConnectFailed.Refused("a:1", new IOException("no"));
    private static final ConnectFailed.Refused ALSO_REFUSED = new ConnectFailed.Refused("b:1", new IOException("no"));
    private static final ConnectFailed.NoRoute NO_ROUTE = new ConnectFailed.NoRoute("c:1", new IOException("far"));
    private static final ConnectFailed.TimedOut LATE = new ConnectFailed.TimedOut("d:1", new IOException("slow"));
    private static final ConnectFailed.BindFailed UNBOUND = new ConnectFailed.BindFailed("e:1", new IOException("x"));

    private static ConnectFailed all(ConnectFailed... reasons) {
        return ConnectFailed.atEveryAddress("n:1", List.of(reasons));
    }

    @Test
    void theOnlyReasonIsTheAnswer() {
        assertThat(all(REFUSED)).isSameAs(REFUSED);
    }

    @Test
    void eachIsNamedAndTheFirstIsTheCause() {
        ConnectFailed failed = all(LATE, REFUSED, UNBOUND);
        assertThat(failed)
                .hasMessage("can't connect to [n:1]: connecting to [d:1] took too long: slow;"
                        + " nobody listens on [a:1]: no; can't connect from [e:1]: x [FDR-CONNECT-FAILED]")
                .hasCause(LATE);
        assertThat(failed.getSuppressed()).containsExactly(REFUSED, UNBOUND);
        assertThat(failed.code()).isEqualTo("FDR-CONNECT-FAILED");
    }

    @Test
    void theClassIsTheOneInCommon() {
        assertThat(all(REFUSED, ALSO_REFUSED)).isInstanceOf(ConnectFailed.Refused.class);
        assertThat(all(NO_ROUTE, NO_ROUTE)).isInstanceOf(ConnectFailed.NoRoute.class);
        assertThat(all(LATE, LATE)).isInstanceOf(ConnectFailed.TimedOut.class);
        assertThat(all(UNBOUND, UNBOUND)).isInstanceOf(ConnectFailed.BindFailed.class);
        assertThat(all(REFUSED, LATE).getClass()).isEqualTo(ConnectFailed.class);
    }

    @Test
    void whatThereIsNoRouteToSaysNothingAboutTheOthers() {
        assertThat(all(NO_ROUTE, REFUSED)).isInstanceOf(ConnectFailed.Refused.class);
        assertThat(all(LATE, NO_ROUTE)).isInstanceOf(ConnectFailed.TimedOut.class);
    }
}
