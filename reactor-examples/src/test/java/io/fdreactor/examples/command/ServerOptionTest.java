// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerOptionTest {
    @ParameterizedTest
    @CsvSource({
        "tcp:80, tcp:80:interface=127.0.0.1",
        "tcp:80:backlog=5, tcp:80:backlog=5:interface=127.0.0.1",
        "tcp:80:interface=0.0.0.0, tcp:80:interface=0.0.0.0",
        "unix:/x, unix:/x"
    })
    void onlyThisMachineCanConnectUnlessItIsAskedFor(String given, String listened) {
        assertThat(ServerOption.withInterface(given)).isEqualTo(listened);
    }
}
