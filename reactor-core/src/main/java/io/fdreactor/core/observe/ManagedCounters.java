// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import io.fdreactor.IReactorMetrics;
import io.fdreactor.ReactorCounters;
import io.fdreactor.ReactorException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The counters as a bean's attributes, one for each method of {@link ReactorCounters} and by its name: {@code turns}
 * is the attribute {@code Turns}. They can be read and nothing else, and each reading is a snapshot of its own.
 *
 * <p>Nothing but {@link MetricsBean} names this class, which can't be loaded without the module {@code java.management}.
 */
final class ManagedCounters implements MetricsBean, DynamicMBean {
    private static final List<Method> COUNTERS = Arrays.stream(ReactorCounters.class.getMethods())
            .sorted(Comparator.comparing(Method::getName))
            .toList();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final IReactorMetrics metrics;
    private @Nullable ObjectName name;

    private ManagedCounters(IReactorMetrics metrics) {
        this.metrics = metrics;
    }

    static MetricsBean register(String reactorName, IReactorMetrics metrics) {
        ManagedCounters bean = new ManagedCounters(metrics);
        try {
            bean.registerAs(reactorName, 1);
        } catch (JMException e) {
            throw new ReactorException(
                    "FDR-JMX-UNAVAILABLE",
                    "the reactor [" + reactorName + "] can't be registered for JMX: " + e.getMessage(),
                    e);
        }
        return bean;
    }

    private void registerAs(String reactorName, int number) throws JMException {
        String unique = number == 1 ? reactorName : reactorName + "#" + number;
        ObjectName wanted = new ObjectName("io.fdreactor:type=Reactor,name=" + ObjectName.quote(unique));
        try {
            server.registerMBean(this, wanted);
            name = wanted;
        } catch (InstanceAlreadyExistsException e) {
            registerAs(reactorName, number + 1);
        }
    }

    @Override
    public synchronized boolean unregister() {
        ObjectName registered = name;
        name = null;
        if (registered != null) {
            try {
                server.unregisterMBean(registered);
            } catch (InstanceNotFoundException e) {
                // Somebody else has taken it back.
                return false;
            } catch (JMException e) {
                throw new IllegalStateException("[" + registered + "] can't be unregistered", e);
            }
        }
        return false;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = COUNTERS.stream()
                .map(counter -> new MBeanAttributeInfo(
                        attributeOf(counter), long.class.getName(), counter.getName(), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(
                getClass().getName(), "What a reactor has done since it was opened", attributes, null, null, null);
    }

    private static String attributeOf(Method counter) {
        String name = counter.getName();
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        return valueOf(attribute, metrics.counters());
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        ReactorCounters counters = metrics.counters();
        AttributeList found = new AttributeList();
        for (String attribute : attributes) {
            try {
                found.add(new Attribute(attribute, valueOf(attribute, counters)));
            } catch (AttributeNotFoundException e) {
                // As DynamicMBean has it: who asks for several gets those that there are.
                continue;
            }
        }
        return found;
    }

    private static Object valueOf(String attribute, ReactorCounters counters) throws AttributeNotFoundException {
        for (Method counter : COUNTERS) {
            if (attributeOf(counter).equals(attribute)) {
                try {
                    return counter.invoke(counters);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("an interface's method is public, and a counter doesn't throw", e);
                }
            }
        }
        throw new AttributeNotFoundException("a reactor counts no [" + attribute + "]");
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("counters can't be set, so neither can [" + attribute.getName() + "]");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public @Nullable Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(
                "a reactor's bean can be read and nothing else, so not [" + action + "]");
    }
}
