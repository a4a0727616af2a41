// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A factory is started once and stopped once, however many wrappers of it are in use. */
class FactoryUsesTest {
    private final TcpFixture fixture = new TcpFixture();
    private final FactoryUses uses = new FactoryUses(fixture.loop.callbacks());
    private final List<String> told = new ArrayList<>();

    private class Told implements Factory {
        private final String name;

        @Nullable
        Factory wrapped;

        @Nullable
        RuntimeException atStart;

        Told(String name, @Nullable Factory wrapped) {
            this.name = name;
            this.wrapped = wrapped;
        }

        @Override
        public @Nullable Protocol buildProtocol(SocketAddress peer) {
            return null;
        }

        @Override
        public @Nullable Factory wrappedFactory() {
            return wrapped;
        }

        @Override
        public void startFactory() {
            told.add("start " + name);
            if (atStart != null) {
                throw atStart;
            }
        }

        @Override
        public void stopFactory() {
            told.add("stop " + name);
        }
    }

    @Test
    void aFactoryIsStoppedWithTheLastOfItsWrappers() {
        Told inner = new Told("inner", null);
        Told one = new Told("one", inner);
        Told other = new Told("other", new Told("middle", inner));
        uses.begin(one);
        uses.begin(other);
        uses.begin(other);
        uses.end(one);
        uses.end(other);
        assertThat(told).containsExactly("start inner", "start one", "start middle", "start other", "stop one");
        told.clear();
        uses.begin(inner);
        one.wrapped = null;
        uses.end(other);
        assertThat(told).containsExactly("stop other", "stop middle");
        uses.end(inner);
        assertThat(told).endsWith("stop inner").hasSize(3);
    }

    @Test
    void whatCannotBeStartedIsNotUsed() {
        Told inner = new Told("inner", null);
        Told outer = new Told("outer", inner);
        outer.atStart = new IllegalStateException("as planned");
        assertThatThrownBy(() -> uses.begin(outer)).isSameAs(outer.atStart);
        assertThat(told).containsExactly("start inner", "start outer", "stop inner");
        told.clear();
        inner.atStart = outer.atStart;
        assertThatThrownBy(() -> uses.begin(outer)).isSameAs(outer.atStart);
        assertThat(told).containsExactly("start inner");
        told.clear();
        inner.atStart = null;
        outer.atStart = null;
        uses.begin(outer);
        uses.end(outer);
        assertThat(told).containsExactly("start inner", "start outer", "stop outer", "stop inner");
    }

    @Test
    void aFactoryThatWrapsItselfIsRefused() {
        Told circle = new Told("circle", null);
        circle.wrapped = new Told("half", circle);
        assertThatThrownBy(() -> uses.begin(circle)).isInstanceOf(IllegalArgumentException.class);
        assertThat(told).isEmpty();
    }
}
