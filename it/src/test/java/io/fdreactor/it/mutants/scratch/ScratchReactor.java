// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.Capability;
import io.fdreactor.DelayedCall;
import io.fdreactor.EventPhase;
import io.fdreactor.FileDescriptor;
import io.fdreactor.Reactor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.WriteDescriptor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A reactor over a Selector, with nothing of our core: small and plain, for channels only. Each method checks whose
 * turn it is and hands on.
 */
class ScratchReactor implements Reactor {
    static final String ID = "scratch";
    static final Set<Capability> CAPABILITIES = Set.of(Capability.CHANNEL);

    final Loop loop;

    ScratchReactor(Loop loop) {
        this.loop = loop;
    }

    @Override
    public String backend() {
        return ID;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public <T> Optional<T> facet(Class<T> facet) {
        return Optional.of(this).filter(facet::isInstance).map(facet::cast);
    }

    @Override
    public void addReader(ReadDescriptor reader) {
        loop.owner.check();
        loop.descriptors.add(Objects.requireNonNull(reader, "a reader can't be null"), Direction.READING);
    }

    @Override
    public void addWriter(WriteDescriptor writer) {
        loop.owner.check();
        loop.descriptors.add(Objects.requireNonNull(writer, "a writer can't be null"), Direction.WRITING);
    }

    @Override
    public void removeReader(ReadDescriptor reader) {
        if (loop.owner.hasEnded()) {
            return;
        }
        loop.owner.check();
        loop.descriptors.remove(Objects.requireNonNull(reader, "a reader can't be null"), Direction.READING);
    }

    @Override
    public void removeWriter(WriteDescriptor writer) {
        if (loop.owner.hasEnded()) {
            return;
        }
        loop.owner.check();
        loop.descriptors.remove(Objects.requireNonNull(writer, "a writer can't be null"), Direction.WRITING);
    }

    @Override
    public List<FileDescriptor> removeAll() {
        loop.owner.check();
        return loop.descriptors.removeAll();
    }

    @Override
    public List<ReadDescriptor> getReaders() {
        loop.owner.check();
        return loop.descriptors.snapshot(Direction.READING).stream()
                .map(ReadDescriptor.class::cast)
                .toList();
    }

    @Override
    public List<WriteDescriptor> getWriters() {
        loop.owner.check();
        return loop.descriptors.snapshot(Direction.WRITING).stream()
                .map(WriteDescriptor.class::cast)
                .toList();
    }

    @Override
    public long nanoTime() {
        return loop.timers.now();
    }

    @Override
    public DelayedCall callLater(long delayNanos, Runnable call) {
        loop.owner.check();
        return loop.timers.schedule(delayNanos, call);
    }

    @Override
    public List<DelayedCall> getDelayedCalls() {
        loop.owner.check();
        return loop.timers.pending();
    }

    @Override
    public void run() {
        loop.run();
    }

    @Override
    public boolean iterate(long maxWaitNanos) {
        return loop.iterate(maxWaitNanos);
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void crash() {
        loop.owner.check();
        loop.crash();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public Optional<SystemEventTrigger> callWhenRunning(Runnable call) {
        loop.owner.check();
        return loop.callWhenRunning(Objects.requireNonNull(call, "a call can't be null"));
    }

    @Override
    public void fireSystemEvent(String eventType) {
        loop.owner.check();
        if (eventType.equals(SHUTDOWN)) {
            loop.stop();
        } else {
            loop.events.fire(eventType);
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
        loop.owner.check();
        return loop.events.add(new SystemEvents.Trigger(phase, eventType, trigger));
    }

    @Override
    public boolean removeSystemEventTrigger(SystemEventTrigger trigger) {
        loop.owner.check();
        return loop.events.remove(trigger);
    }

    @Override
    public void callFromThread(Runnable call) {
        loop.calls.add(call);
    }

    @Override
    public CompletionStage<@Nullable Void> terminated() {
        return loop.terminated.minimalCompletionStage();
    }

    @Override
    public boolean isInReactorThread() {
        return loop.owner.isMine();
    }

    @Override
    public void callInThread(Runnable call) {
        loop.pool.execute(call);
    }

    @Override
    public void suggestThreadPoolSize(int size) {
        loop.owner.check();
        loop.pool.suggestSize(size);
    }

    @Override
    public ExecutorService getThreadPool() {
        return loop.pool.executor();
    }

    @Override
    public void close() {
        loop.close();
    }

    @Override
    public String toString() {
        return "ScratchReactor[" + loop.config.name() + "]";
    }
}
