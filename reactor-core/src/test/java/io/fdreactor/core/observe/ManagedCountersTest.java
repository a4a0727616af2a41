// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorCounters;
import io.fdreactor.core.Backend;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.VirtualClock;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The counters as a JMX client reads them. */
class ManagedCountersTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static CoreReactor open(String name) {
        Backend backend = Backend.of("fake", Set.of(Capability.INT_FD), new FakePoller(new VirtualClock()));
        return CoreReactor.open(
                backend, ReactorConfig.builder().name(name).jmx(true).build());
    }

    private static ObjectName bean(String name) throws Exception {
        return new ObjectName("io.fdreactor:type=Reactor,name=" + ObjectName.quote(name));
    }

    @Test
    void eachCounterIsAnAttribute() throws Exception {
        try (CoreReactor reactor = open("counted")) {
            reactor.iterate(0);
            reactor.iterate(0);
            ObjectName bean = bean("counted");
            assertThat(SERVER.getAttribute(bean, "Turns")).isEqualTo(2L);
            assertThat(SERVER.getMBeanInfo(bean).getAttributes())
                    .hasSameSizeAs(ReactorCounters.class.getMethods())
                    .allMatch(MBeanAttributeInfo::isReadable)
                    .noneMatch(MBeanAttributeInfo::isWritable)
                    .extracting(MBeanAttributeInfo::getDescription)
                    .contains("staleEvents");
            for (Method counter : ReactorCounters.class.getMethods()) {
                assertThat(counter.getReturnType()).as(counter.getName()).isEqualTo(long.class);
            }
            assertThat(SERVER.getAttributes(bean, new String[] {"Events", "Nonsense", "Turns"}))
                    .extracting(value -> ((Attribute) value).getName())
                    .containsExactly("Events", "Turns");
        }
    }

    @Test
    void whatIsNotCountedIsNotThere() throws Exception {
        try (CoreReactor reactor = open("asked")) {
            assertThatThrownBy(() -> SERVER.getAttribute(bean("asked"), "Nonsense"))
                    .isInstanceOf(AttributeNotFoundException.class)
                    .hasMessageContaining("[Nonsense]");
            assertThatThrownBy(() -> SERVER.setAttribute(bean("asked"), new Attribute("Turns", 0L)))
                    .isInstanceOf(AttributeNotFoundException.class);
            reactor.iterate(0);
        }
    }

    @Test
    void theBeanGoesWithTheReactor() throws Exception {
        CoreReactor ran = open("ran");
        ran.iterate(0);
        assertThat(SERVER.isRegistered(bean("ran"))).isTrue();
        ran.close();
        assertThat(SERVER.isRegistered(bean("ran"))).isFalse();

        CoreReactor neverRan = open("ran");
        neverRan.close();
        assertThat(SERVER.isRegistered(bean("ran"))).isFalse();
    }

    @Test
    void reactorsOfOneNameAreNumbered() throws Exception {
        try (CoreReactor first = open("one, \"two\"");
                CoreReactor second = open("one, \"two\"")) {
            first.iterate(0);
            assertThat(SERVER.getAttribute(bean("one, \"two\""), "Turns")).isEqualTo(1L);
            assertThat(SERVER.getAttribute(bean("one, \"two\"#2"), "Turns")).isEqualTo(0L);
            second.iterate(0);
        }
        assertThat(SERVER.queryNames(new ObjectName("io.fdreactor:*"), null)).isEmpty();
    }

    @Test
    void oneThatSomebodyElseTookBackIsGoneAllTheSame() throws Exception {
        CoreReactor reactor = open("taken");
        SERVER.unregisterMBean(bean("taken"));
        reactor.close();
        assertThat(SERVER.isRegistered(bean("taken"))).isFalse();
    }
}
