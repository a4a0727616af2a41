// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorRefused;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.selection.Reactors;
import io.fdreactor.selection.SelectionReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The backend from outside. */
class SelectReactorTest {
    @Test
    void itIsFoundAndSaysWhatItIs() {
        SelectionReport report = Reactors.report();

        assertThat(report.candidates()).hasSize(1);
        SelectionReport.Candidate select = report.candidates().get(0);
        assertThat(select.id()).isEqualTo("select");
        assertThat(select.priority()).isEqualTo(100);
        assertThat(select.status()).isEqualTo(SelectionReport.Status.AVAILABLE);
        assertThat(select.reason()).startsWith("java.nio: ");
        try (Reactor reactor = Reactors.open("select")) {
            assertThat(reactor).isInstanceOf(SelectReactor.class);
            assertThat(reactor.backend()).isEqualTo("select");
            assertThat(reactor.capabilities()).isEqualTo(select.capabilities());
            assertThat(reactor.facet(IReactorTCP.class)).isPresent();
        }
    }

    @Test
    void windowsCantShareAPort() {
        assertThat(SelectReactorProvider.capabilitiesOn("Linux"))
                .containsExactlyInAnyOrder(Capability.CHANNEL, Capability.REUSE_PORT, Capability.TCP);
        assertThat(SelectReactorProvider.capabilitiesOn("Windows 11"))
                .containsExactlyInAnyOrder(Capability.CHANNEL, Capability.TCP);
    }

    @Test
    void itReadsAPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        List<Byte> read = new ArrayList<>();
        try (Reactor reactor = new SelectReactor(ReactorConfig.DEFAULT)) {
            reactor.addReader(new ReadDescriptor() {
                @Override
                public int fileno() {
                    return -1;
                }

                @Override
                public SelectableChannel channel() {
                    return pipe.source();
                }

                @Override
                public void doRead() throws IOException {
                    ByteBuffer one = ByteBuffer.allocate(1);
                    pipe.source().read(one);
                    read.add(one.get(0));
                    if (read.size() == 3) {
                        reactor.stop();
                    }
                }

                @Override
                public void connectionLost(Throwable reason) {}
            });
            pipe.sink().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            reactor.run();
        } finally {
            pipe.source().close();
            pipe.sink().close();
        }
        assertThat(read).containsExactly((byte) 1, (byte) 2, (byte) 3);
    }

    @Test
    void aNumberIsRefused() {
        try (Reactor reactor = new SelectReactor(ReactorConfig.DEFAULT)) {
            ReadDescriptor number = new ReadDescriptor() {
                @Override
                public int fileno() {
                    return 0;
                }

                @Override
                public void doRead() {}

                @Override
                public void connectionLost(Throwable reason) {}

                @Override
                public String toString() {
                    return "stdin";
                }
            };
            assertThatThrownBy(() -> reactor.addReader(number))
                    .isInstanceOf(DescriptorRefused.class)
                    .hasMessageContaining(
                            "[stdin] is a number (0) without a channel, which the backend [select] can't watch");
        }
    }
}
