// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.WrongThread;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.Connector;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.spi.ConnectionReceiver;
import io.fdreactor.spi.IReactorHandOver;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On another thread every method of what users hold is refused, but for those that say otherwise. */
class TcpThreadTest {
    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    @Test
    void aTransport() throws Exception {
        fixture.accept(new RecordingProtocol(fixture.base.journal, "P"));
        assertThat(unchecked(TcpTransport.class, fixture.transport())).containsExactly("getPeer");
    }

    @Test
    void aPort() throws Exception {
        ListeningPort port = fixture.tcp.listenTCP(0, fixture.factory);
        assertThat(unchecked(ListeningPort.class, port)).containsExactly("getHost");
    }

    @Test
    void aConnector() throws Exception {
        assertThat(unchecked(Connector.class, fixture.connect())).containsExactly("getDestination");
    }

    @Test
    void aReceiver() throws Exception {
        assertThat(unchecked(ConnectionReceiver.class, fixture.tcp.receiveTCP(fixture.factory)))
                .isEmpty();
    }

    /** The facets' methods open something: the ones that take a null would throw for that, so each comes with arguments. */
    @Test
    void theFacets() throws Exception {
        assertThat(unchecked(IReactorTCP.class, fixture.tcp)).isEmpty();
        assertThat(unchecked(IReactorHandOver.class, fixture.tcp)).isEmpty();
    }

    /** The methods that another thread can call, by name. */
    private static List<String> unchecked(Class<?> type, Object object) throws InterruptedException {
        List<String> unchecked = new ArrayList<>();
        Thread other = new Thread(() -> {
            for (Method method : type.getMethods()) {
                if (!isRefused(method, object)) {
                    unchecked.add(method.getName());
                }
            }
        });
        other.start();
        other.join();
        return unchecked.stream().distinct().sorted().toList();
    }

    private static boolean isRefused(Method method, Object object) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method.getParameterTypes()[i]);
        }
        try {
            method.invoke(object, arguments);
            return false;
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof WrongThread;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object argument(Class<?> type) {
        if (type == byte[].class) {
            return new byte[1];
        }
        if (type == List.class) {
            return List.of();
        }
        if (Set.of(int.class, long.class).contains(type)) {
            return type == int.class ? (Object) 0 : (Object) 0L;
        }
        return type == boolean.class ? false : null;
    }

    /** What isn't checked asks the system nothing: it is the same object each time. */
    @Test
    void whatIsNotCheckedAsksNobody() throws IOException {
        ListeningPort port = fixture.tcp.listenTCP(0, fixture.factory);
        assertThat(port.getHost()).isSameAs(port.getHost());
        fixture.accept();
        assertThat(fixture.transport().getPeer()).isSameAs(fixture.transport().getPeer());
    }
}
