// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core;

import io.fdreactor.Capability;
import io.fdreactor.DelayedCall;
import io.fdreactor.DescriptorIO;
import io.fdreactor.EventPhase;
import io.fdreactor.FileDescriptor;
import io.fdreactor.IReactorMetrics;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.loop.DescriptorPolicy;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.names.Names;
import io.fdreactor.core.observe.MetricsBean;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.core.tcp.TcpReactor;
import io.fdreactor.internal.Printable;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.selection.Reactors;
import io.fdreactor.spi.IReactorHandOver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A reactor over a poller: what {@link Reactor} promises, once for every backend. Each method checks the thread and
 * hands on; the work is done in {@code io.fdreactor.core.loop}.
 *
 * <p>A backend extends it to give its reactor a name, or calls {@link #open}.
 */
public class CoreReactor implements Reactor {
    private final Backend backend;
    private final Loop loop;
    private final Map<Class<?>, Object> facets = new HashMap<>();

    /** Takes over the backend's poller, which is closed with the reactor, also if this fails. */
    protected CoreReactor(Backend backend, ReactorConfig config) {
        this.backend = backend;
        this.loop = newLoop(backend, config);
        boolean done = false;
        try {
            addFacets(config);
            done = true;
        } finally {
            if (!done) {
                loop.discard();
            }
        }
    }

    private void addFacets(ReactorConfig config) {
        facets.put(IReactorMetrics.class, loop.callbacks().counters());
        DescriptorIO io = backend.descriptorIO();
        if (io != null) {
            facets.put(DescriptorIO.class, io);
        }
        Sockets sockets = backend.sockets();
        if (sockets != null) {
            TcpReactor tcp = new TcpReactor(loop, sockets, new Names(loop, config), config);
            facets.put(IReactorTCP.class, tcp);
            facets.put(IReactorHandOver.class, tcp);
        }
        if (config.jmx()) {
            MetricsBean bean =
                    MetricsBean.register(config.name(), loop.callbacks().counters());
            loop.atEnd(bean::unregister);
        }
    }

    private static Loop newLoop(Backend backend, ReactorConfig config) {
        boolean done = false;
        try {
            DescriptorPolicy policy = new DescriptorPolicy(backend.id(), backend.capabilities(), OtherBackends::with);
            Loop made = new Loop(config, backend.poller(), policy, config.clock());
            done = true;
            return made;
        } finally {
            if (!done) {
                backend.poller().close();
            }
        }
    }

    /** A reactor over this backend, which belongs to the calling thread until it is run. */
    public static CoreReactor open(Backend backend, ReactorConfig config) {
        return new CoreReactor(backend, config);
    }

    @Override
    public final String backend() {
        return backend.id();
    }

    @Override
    public final Set<Capability> capabilities() {
        return backend.capabilities();
    }

    @Override
    public final <T> Optional<T> facet(Class<T> facet) {
        Object found = facets.get(facet);
        return Optional.of(found == null ? this : found)
                .filter(facet::isInstance)
                .map(facet::cast);
    }

    @Override
    public final <T> T require(Class<T> facet) {
        return facet(facet).orElseThrow(() -> Reactors.missingFacet(backend(), facet));
    }

    @Override
    public final void addReader(ReadDescriptor reader) {
        loop.check();
        loop.descriptors().addReader(Objects.requireNonNull(reader, "a reader can't be null"));
    }

    @Override
    public final void addWriter(WriteDescriptor writer) {
        loop.check();
        loop.descriptors().addWriter(Objects.requireNonNull(writer, "a writer can't be null"));
    }

    @Override
    public final void removeReader(ReadDescriptor reader) {
        Objects.requireNonNull(reader, "a reader can't be null");
        if (loop.mayCleanUp()) {
            loop.descriptors().removeReader(reader);
        }
    }

    @Override
    public final void removeWriter(WriteDescriptor writer) {
        Objects.requireNonNull(writer, "a writer can't be null");
        if (loop.mayCleanUp()) {
            loop.descriptors().removeWriter(writer);
        }
    }

    @Override
    public final List<FileDescriptor> removeAll() {
        loop.check();
        return loop.descriptors().removeAll();
    }

    @Override
    public final List<ReadDescriptor> getReaders() {
        loop.check();
        return loop.descriptors().views().readers();
    }

    @Override
    public final List<WriteDescriptor> getWriters() {
        loop.check();
        return loop.descriptors().views().writers();
    }

    @Override
    public final long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public final DelayedCall callLater(long delayNanos, Runnable call) {
        loop.check();
        return loop.timers().schedule(delayNanos, Objects.requireNonNull(call, "a delayed call can't be null"));
    }

    @Override
    public final List<DelayedCall> getDelayedCalls() {
        loop.check();
        return loop.timers().usersPending();
    }

    @Override
    public final void run() {
        loop.run();
    }

    @Override
    public final boolean iterate(long maxWaitNanos) {
        return loop.iterate(maxWaitNanos);
    }

    @Override
    public final void stop() {
        loop.stop();
    }

    @Override
    public final void crash() {
        loop.check();
        loop.crash();
    }

    @Override
    public final boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public final Optional<SystemEventTrigger> callWhenRunning(Runnable call) {
        loop.check();
        return loop.callWhenRunning(Objects.requireNonNull(call, "a call can't be null"));
    }

    @Override
    public final void fireSystemEvent(String eventType) {
        loop.check();
        loop.fire(eventType);
    }

    @Override
    public final SystemEventTrigger addSystemEventTrigger(EventPhase phase, String eventType, Runnable trigger) {
        return addSystemEventTrigger(
                phase, eventType, Loop.asTrigger(Objects.requireNonNull(trigger, "a trigger can't be null")));
    }

    @Override
    public final SystemEventTrigger addSystemEventTrigger(
            EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> trigger) {
        loop.check();
        return loop.addTrigger(
                Objects.requireNonNull(phase, "a phase can't be null"),
                Objects.requireNonNull(eventType, "an event's name can't be null"),
                Objects.requireNonNull(trigger, "a trigger can't be null"));
    }

    @Override
    public final boolean removeSystemEventTrigger(SystemEventTrigger trigger) {
        loop.check();
        return loop.removeTrigger(trigger);
    }

    @Override
    public final void callFromThread(Runnable call) {
        loop.callFromThread(call);
    }

    @Override
    public final void wakeUp() {
        loop.wakeUp();
    }

    @Override
    public final CompletionStage<@Nullable Void> terminated() {
        return loop.terminated();
    }

    @Override
    public final boolean isInReactorThread() {
        return loop.isInReactorThread();
    }

    @Override
    public final void callInThread(Runnable call) {
        loop.workers().execute(Objects.requireNonNull(call, "a call in a thread can't be null"));
    }

    @Override
    public final void suggestThreadPoolSize(int size) {
        loop.check();
        loop.workers().suggestSize(size);
    }

    @Override
    public final ExecutorService getThreadPool() {
        return loop.workers().pool();
    }

    @Override
    public final void close() {
        loop.close();
    }

    /**
     * Waits once and calls the descriptors that are ready, without timers or calls from threads. Twisted:
     * {@code doPoll}, {@code doIteration}.
     *
     * @param timeoutNanos as {@link Poller#poll}
     */
    protected final void pollOnce(long timeoutNanos) {
        loop.pollOnce(timeoutNanos);
    }

    /** Who reads which number: a snapshot, of what the poller watches by number. */
    protected final Map<Integer, ReadDescriptor> readersByNumber() {
        loop.check();
        return loop.descriptors().views().readersByNumber();
    }

    /** Who writes which number: a snapshot, of what the poller watches by number. */
    protected final Map<Integer, WriteDescriptor> writersByNumber() {
        loop.check();
        return loop.descriptors().views().writersByNumber();
    }

    /** The descriptors that the poller doesn't watch because they are always ready: a snapshot. */
    protected final List<FileDescriptor> alwaysReady() {
        loop.check();
        return loop.descriptors().views().alwaysReadyDescriptors();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + Printable.text(loop.name()) + "]";
    }
}
