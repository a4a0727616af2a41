// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionLost;
import io.fdreactor.DelayedCall;
import io.fdreactor.EventPhase;
import io.fdreactor.FileDescriptor;
import io.fdreactor.IReactorTime;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.ReactorNotRunning;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.WrongThread;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Netty's loop as a reactor. A turn is Netty's two halves in the order that {@code iterate} gives: tasks and timers, then
 * one wait and the channels that are ready.
 */
final class NettyReactor implements Reactor {
    private final ReactorConfig config;
    private final NettyOwnership ownership = new NettyOwnership();
    private final NettyLoop loop = new NettyLoop();
    private final NettyCallbacks callbacks;
    private final NettyDescriptors descriptors;
    private final NettyTimers timers;
    private final NettyEvents events;
    private final NettyPool pool;
    private final @Nullable Thread hook;
    private final Object calls = new Object();

    private volatile boolean running;
    private boolean started;
    private boolean stopRequested;
    private boolean shutdownFired;
    private boolean shutdownDone;
    private final CompletableFuture<@Nullable Void> terminated = new CompletableFuture<>();
    private boolean crashed;
    private boolean dropsCalls;
    private int dropped;

    NettyReactor(ReactorConfig config) {
        this.config = config;
        this.callbacks = new NettyCallbacks(config, loop);
        this.descriptors = new NettyDescriptors(loop, callbacks);
        this.timers = new NettyTimers(loop, callbacks, ownership);
        this.events = new NettyEvents(loop, callbacks);
        this.pool = new NettyPool(config, callbacks);
        events.own(STARTUP, EventPhase.DURING, () -> running = true);
        events.own(SHUTDOWN, EventPhase.DURING, this::disconnect);
        events.own(SHUTDOWN, EventPhase.AFTER, () -> shutdownDone = true);
        this.hook = config.stopOnJvmShutdown() ? new Thread(this::close, config.name() + "-jvm-shutdown") : null;
        if (hook != null) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    // ---- what it is

    @Override
    public String backend() {
        return NettyReactorProvider.ID;
    }

    @Override
    public Set<Capability> capabilities() {
        return NettyReactorProvider.CAPABILITIES;
    }

    @Override
    public <T> Optional<T> facet(Class<T> facet) {
        return Optional.of(this).filter(facet::isInstance).map(facet::cast);
    }

    // ---- its life

    @Override
    public void run() {
        drive(
                () -> {
                    boolean more = true;
                    while (more) {
                        more = turn(Long.MAX_VALUE);
                    }
                    return false;
                },
                true);
    }

    @Override
    public boolean iterate(long maxWaitNanos) {
        return !ownership.hasStopped() && drive(() -> turn(maxWaitNanos), false);
    }

    /** Drives the loop; releases all if that was the end. Answers whether there is more to come. */
    private boolean drive(BooleanSupplier turns, boolean free) {
        ownership.enter();
        try {
            loop.bind();
            if (!loop.isMine()) {
                throw new WrongThread("a Netty loop belongs to the first thread that drives it, for ever");
            }
            if (!started) {
                started = true;
                timers.begin();
                events.fire(STARTUP);
            }
            if (turns.getAsBoolean()) {
                return true;
            }
            if (crashed && !shutdownDone) {
                crashed = false;
                started = false;
                stopRequested = shutdownFired;
            } else {
                release();
            }
            return false;
        } catch (VirtualMachineError fatal) {
            release();
            throw fatal;
        } finally {
            ownership.leave(free);
        }
    }

    private boolean turn(long maxWaitNanos) {
        loop.runTasks();
        if (stopRequested && !shutdownFired && !crashed) {
            shutdownFired = true;
            events.fire(SHUTDOWN);
        }
        if (!isOver()) {
            loop.poll(maxWaitNanos);
        }
        return !isOver();
    }

    private boolean isOver() {
        return crashed || shutdownDone;
    }

    private void disconnect() {
        running = false;
        descriptors.loseAll(ConnectionLost.INSTANCE);
    }

    private void release() {
        running = false;
        pool.end();
        descriptors.loseAll(ConnectionLost.INSTANCE);
        timers.clear();
        endCalls();
        if (dropped > 0) {
            callbacks.report(
                    new ReactorClosed(dropped + " calls from threads were dropped, for the reactor never ran"),
                    "close",
                    null);
        }
        if (hook != null && Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is shutting down, and waits for the hook, which will find nothing to do.
            }
        }
    }

    @Override
    public void stop() {
        if (ownership.hasStopped()) {
            return;
        }
        ownership.check();
        if (!started) {
            throw new ReactorNotRunning("the reactor doesn't run, so it can't be stopped");
        }
        stopRequested = true;
    }

    @Override
    public void crash() {
        ownership.check();
        crashed = true;
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        if (ownership.hasEnded()) {
            return;
        }
        if (ownership.isDriven()) {
            loop.execute(() -> stopRequested = true);
        }
        if (ownership.enterToEnd(IReactorTime.toNanos(config.shutdownTimeout()))) {
            try {
                endInOrder(System.nanoTime() + IReactorTime.toNanos(config.shutdownTimeout()));
                release();
            } finally {
                ownership.leave(true);
            }
        } else if (!ownership.hasEnded()) {
            throw new ReactorException(
                    "FDR-CLOSE-TIMEOUT",
                    "the reactor [" + config.name() + "] was asked to stop and hasn't ended within "
                            + config.shutdownTimeout());
        }
    }

    /** Of a reactor that was driven, and only by the thread that drove it, since Netty lets nobody else. */
    private void endInOrder(long deadlineNanos) {
        if (!started || !loop.isMine()) {
            return;
        }
        stopRequested = true;
        long leftNanos = deadlineNanos - System.nanoTime();
        while (leftNanos > 0 && turn(leftNanos)) {
            leftNanos = deadlineNanos - System.nanoTime();
        }
    }

    // ---- events

    @Override
    public Optional<SystemEventTrigger> callWhenRunning(Runnable call) {
        ownership.check();
        if (running) {
            callbacks.guard(call, "callWhenRunning", null);
            return Optional.empty();
        }
        return Optional.of(addSystemEventTrigger(EventPhase.AFTER, STARTUP, call));
    }

    @Override
    public void fireSystemEvent(String eventType) {
        ownership.check();
        if (eventType.equals(SHUTDOWN)) {
            stop();
        } else {
            events.fire(eventType);
        }
    }

    @Override
    public SystemEventTrigger addSystemEventTrigger(EventPhase phase, String eventType, Runnable trigger) {
        Objects.requireNonNull(trigger, "a trigger can't be null");
        return addSystemEventTrigger(phase, eventType, () -> {
            trigger.run();
            return null;
        });
    }

    @Override
    public SystemEventTrigger addSystemEventTrigger(
            EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> trigger) {
        ownership.check();
        return events.add(phase, eventType, trigger);
    }

    @Override
    public boolean removeSystemEventTrigger(SystemEventTrigger trigger) {
        ownership.check();
        return events.remove(trigger);
    }

    // ---- descriptors

    @Override
    public void addReader(ReadDescriptor reader) {
        ownership.check();
        descriptors.add(reader, reader, null);
    }

    @Override
    public void addWriter(WriteDescriptor writer) {
        ownership.check();
        descriptors.add(writer, null, writer);
    }

    @Override
    public void removeReader(ReadDescriptor reader) {
        if (!ownership.hasEnded()) {
            ownership.check();
            descriptors.removeReader(reader);
        }
    }

    @Override
    public void removeWriter(WriteDescriptor writer) {
        if (!ownership.hasEnded()) {
            ownership.check();
            descriptors.removeWriter(writer);
        }
    }

    @Override
    public List<FileDescriptor> removeAll() {
        ownership.check();
        return descriptors.removeAll();
    }

    @Override
    public List<ReadDescriptor> getReaders() {
        ownership.check();
        return descriptors.readers();
    }

    @Override
    public List<WriteDescriptor> getWriters() {
        ownership.check();
        return descriptors.writers();
    }

    // ---- time

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public DelayedCall callLater(long delayNanos, Runnable call) {
        ownership.check();
        return timers.schedule(delayNanos, call);
    }

    @Override
    public List<DelayedCall> getDelayedCalls() {
        ownership.check();
        return timers.pending();
    }

    // ---- threads

    @Override
    public void callFromThread(Runnable call) {
        Objects.requireNonNull(call, "a call from a thread can't be null");
        synchronized (calls) {
            if (ownership.hasEnded()) {
                throw new ReactorClosed("the reactor has ended, so this call can't be made: [" + call + "]");
            }
            loop.execute(() -> {
                if (dropsCalls) {
                    dropped++;
                } else {
                    callbacks.guard(call, "a call from a thread", null);
                }
            });
        }
    }

    /** Makes those that were accepted. The lock is what Netty lacks, which takes tasks to the end and beyond. */
    private void endCalls() {
        synchronized (calls) {
            ownership.end(shutdownDone);
        }
        dropsCalls = !started;
        loop.destroy();
        terminated.complete(null);
    }

    @Override
    public CompletionStage<@Nullable Void> terminated() {
        return terminated.minimalCompletionStage();
    }

    @Override
    public boolean isInReactorThread() {
        return ownership.isMine();
    }

    @Override
    public void callInThread(Runnable call) {
        pool.execute(call);
    }

    @Override
    public void suggestThreadPoolSize(int size) {
        ownership.check();
        pool.suggestSize(size);
    }

    @Override
    public ExecutorService getThreadPool() {
        return pool.executor();
    }
}
