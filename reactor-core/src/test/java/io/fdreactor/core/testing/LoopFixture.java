// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.Capability;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.loop.DescriptorPolicy;
import io.fdreactor.core.loop.DescriptorSet;
import io.fdreactor.core.loop.Loop;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A loop over a fake poller and a virtual clock, which the test turns by hand. */
public final class LoopFixture {
    public final Journal journal = new Journal();
    public final VirtualClock clock;
    public final FakePoller poller;
    public final ReactorConfig config;
    public final Loop loop;
    public final DescriptorSet set;

    /** Takes numbers, channels and priority descriptors. */
    public LoopFixture() {
        this(new VirtualClock(), EnumSet.of(Capability.INT_FD, Capability.CHANNEL, Capability.PRIORITY));
    }

    public LoopFixture(VirtualClock clock, Set<Capability> capabilities) {
        this(clock, capabilities, ReactorConfig.DEFAULT.maxEventsPerTurn());
    }

    /** Takes numbers, and calls so many descriptors in a turn at most. */
    public LoopFixture(int maxEventsPerTurn) {
        this(new VirtualClock(), EnumSet.of(Capability.INT_FD), maxEventsPerTurn);
    }

    private LoopFixture(VirtualClock clock, Set<Capability> capabilities, int maxEventsPerTurn) {
        this.clock = clock;
        this.poller = new FakePoller(clock);
        this.config = ReactorConfig.builder()
                .name("fake")
                .exceptionHandler(journal)
                .maxEventsPerTurn(maxEventsPerTurn)
                .build();
        DescriptorPolicy policy = new DescriptorPolicy("fake", capabilities, capability -> "try another");
        this.loop = new Loop(config, poller, policy, clock);
        this.set = loop.descriptors();
    }

    /** One turn, which doesn't wait. */
    public void turn() {
        loop.iterate(0);
    }

    /** As many turns as it takes until nothing is due or gathered, at most some; time stands still. */
    public void turns(int count) {
        for (int i = 0; i < count; i++) {
            turn();
        }
    }

    /** Turns until this much time has passed. */
    public void run(long nanos) {
        long untilNanos = clock.getAsLong() + nanos;
        while (untilNanos - clock.getAsLong() > 0) {
            loop.iterate(untilNanos - clock.getAsLong());
        }
        turn();
    }

    /** What happened since this was asked last. */
    public List<String> happened() {
        return journal.take();
    }

    public RecordingDescriptor descriptor(String name, int fd) {
        return new RecordingDescriptor(journal, name, fd);
    }

    public RecordingDescriptor.HalfCloseable halfCloseable(String name, int fd) {
        return new RecordingDescriptor.HalfCloseable(journal, name, fd);
    }

    public RecordingDescriptor.Priority priority(String name, int fd) {
        return new RecordingDescriptor.Priority(journal, name, fd);
    }
}
