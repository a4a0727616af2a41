// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A poller without a kernel: what is ready is what the test says is ready, and waiting moves the clock on. It holds
 * the core to its side of {@link Poller}: what may not be called fails with an {@code AssertionError}.
 *
 * <p>Files are known by their number or their channel: the {@code file} of all methods here. Each call is written
 * down, {@code "register 5 READ"} for one; polls apart from the others, by their time limits.
 */
public final class FakePoller implements Poller {
    private static final class Registered {
        final Watch watch;
        int interest;
        /** The system has forgotten it, since its number was closed. */
        boolean vanished;

        Registered(Watch watch, int interest) {
            this.watch = watch;
            this.interest = interest;
        }

        Object file() {
            return fileOf(watch);
        }
    }

    /** How many polls in a row may neither wait nor find anything. */
    private static final int SPIN_LIMIT = 1000;

    private record Event(long token, int bits) {}

    private final VirtualClock clock;
    private final Map<Long, Registered> registered = new LinkedHashMap<>();
    /** Tokens of files that were closed while a dup keeps them in the set, with their events. */
    private final Map<Long, Integer> orphans = new LinkedHashMap<>();

    private final Map<Object, Integer> levels = new HashMap<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private final Deque<Runnable> duringPolls = new ArrayDeque<>();
    private final Deque<Throwable> failingPolls = new ArrayDeque<>();
    private final Map<Object, IOException> refusals = new HashMap<>();
    private final Set<Object> alwaysReady = new HashSet<>();
    private final Set<Object> replaced = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Long> polls = new ArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicInteger wakeups = new AtomicInteger();
    private boolean canRebuild = true;
    private @Nullable IOException failingRebuild;
    private int idlePolls;
    private boolean forgiving;
    private boolean polling;
    private volatile boolean closed;

    /** @param clock is moved on by the time that a poll waits */
    public FakePoller(VirtualClock clock) {
        this.clock = clock;
    }

    // What the test says.

    /** From now on the file is ready for this, of which its registration hears what it wants to hear. */
    public void ready(Object file, int bits) {
        levels.put(file, bits);
    }

    /** The next poll reports this, wanted or not. Events come in the order in which they were fired. */
    public void fire(Object file, int bits) {
        fireToken(token(file), bits);
    }

    /** The next poll reports this of a token, whether it is still known or not. */
    public void fireToken(long token, int bits) {
        events.add(new Event(token, bits));
    }

    /** The token under which a file is registered. */
    public long token(Object file) {
        return find(file).watch.token();
    }

    /** The interest in a file that is registered; 0 if it isn't. */
    public int interest(Object file) {
        return registered.values().stream()
                .filter(each -> each.file().equals(file))
                .mapToInt(each -> each.interest)
                .findFirst()
                .orElse(0);
    }

    /** How many files are registered. */
    public int size() {
        return registered.size();
    }

    /** From now on the file can't be registered nor its registration modified, for this reason. */
    public void refuse(Object file, IOException reason) {
        refusals.put(file, reason);
    }

    /** The end of {@link #refuse}. */
    public void accept(Object file) {
        refusals.remove(file);
    }

    /** From now on the file can't be watched since it is always ready. */
    public void alwaysReady(Object file) {
        alwaysReady.add(file);
    }

    /** The file is closed behind the core's back: its registration is gone, as the core finds when it asks. */
    public void closeFile(Object file) {
        find(file).vanished = true;
    }

    /** As {@link #closeFile}, but a dup keeps it open, and goes on being ready until the set is made anew. */
    public void closeFileWithDup(Object file, int bits) {
        Registered gone = find(file);
        gone.vanished = true;
        orphans.put(gone.watch.token(), bits);
    }

    /** The number was given to another file, as is found by asking whether it is current. */
    public void replaceFile(Object file) {
        replaced.add(file);
    }

    /** Happens inside the next poll (the one after that, if called twice), before it looks at what is ready. */
    public void duringPoll(Runnable call) {
        duringPolls.add(call);
    }

    /** The next poll (and the one after that, if called twice) throws this. */
    public void failPoll(Throwable thrown) {
        failingPolls.add(thrown);
    }

    /** The next rebuild throws this. */
    public void failRebuild(IOException thrown) {
        failingRebuild = thrown;
    }

    /** It has no use for a rebuild. */
    public void cannotRebuild() {
        canRebuild = false;
    }

    // What the test sees.

    /** The calls so far but polls and wake-ups, which are forgotten. */
    public List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** The time limits of the polls so far, which are forgotten. */
    public List<Long> takePolls() {
        List<Long> taken = List.copyOf(polls);
        polls.clear();
        return taken;
    }

    /** How often it was woken, in all. */
    public int wakeups() {
        return wakeups.get();
    }

    public boolean isClosed() {
        return closed;
    }

    /** From now on what isn't registered may be deregistered, as after an error in the middle of a registration. */
    public void forgive() {
        forgiving = true;
    }

    // What the core calls.

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        Object file = fileOf(watch);
        called("register", watch, interest);
        require(interest != 0, "an interest in nothing");
        refuseIfTold(file);
        if (alwaysReady.contains(file)) {
            return Registration.ALWAYS_READY;
        }
        for (Registered other : registered.values()) {
            require(other.vanished || !other.file().equals(file), file + " is registered already");
            require(other.watch.slot() != watch.slot(), "slot " + watch.slot() + " is taken");
        }
        replaced.remove(file);
        registered.put(watch.token(), new Registered(watch, interest));
        return Registration.WATCHED;
    }

    @Override
    public boolean modify(Watch watch, int interest) throws IOException {
        called("modify", watch, interest);
        require(interest != 0, "an interest in nothing");
        Registered known = known(watch);
        refuseIfTold(known.file());
        if (known.vanished || replaced.contains(known.file())) {
            registered.remove(watch.token());
            return false;
        }
        known.interest = interest;
        return true;
    }

    @Override
    public boolean isCurrent(Watch watch) {
        called("isCurrent", watch, 0);
        Registered known = known(watch);
        return !known.vanished && !replaced.contains(known.file());
    }

    @Override
    public void deregister(Watch watch) {
        called("deregister", watch, 0);
        if (!forgiving) {
            known(watch);
        }
        registered.remove(watch.token());
    }

    @Override
    public int poll(long timeoutNanos, ReadySink sink) throws IOException {
        require(!closed && !polling, "polled inside a poll, or after close");
        polling = true;
        try {
            polls.add(timeoutNanos);
            if (!duringPolls.isEmpty()) {
                duringPolls.remove().run();
            }
            if (!failingPolls.isEmpty()) {
                fail(failingPolls.remove());
            }
            int count = tell(sink);
            if (!woken.getAndSet(false) && count == 0) {
                require(timeoutNanos >= 0, "the loop would sleep for ever");
                clock.advance(timeoutNanos);
                idlePolls = timeoutNanos == 0 ? idlePolls + 1 : 0;
                require(idlePolls < SPIN_LIMIT, "the loop spins");
            } else {
                idlePolls = 0;
            }
            return count;
        } finally {
            polling = false;
        }
    }

    private int tell(ReadySink sink) {
        Map<Long, Integer> found = new LinkedHashMap<>();
        for (Event event = events.poll(); event != null; event = events.poll()) {
            found.merge(event.token, event.bits, (one, other) -> one | other);
        }
        for (Registered each : registered.values()) {
            int level = levels.getOrDefault(each.file(), 0) & (each.interest | Ready.ERROR | Ready.HANGUP | Ready.GONE);
            if (level != 0 && !each.vanished) {
                found.merge(each.watch.token(), level, (one, other) -> one | other);
            }
        }
        orphans.forEach((token, bits) -> found.merge(token, bits, (one, other) -> one | other));
        found.forEach(sink::ready);
        return found.size();
    }

    @Override
    public void wakeup() {
        require(!closed, "woken after close");
        wakeups.incrementAndGet();
        woken.set(true);
    }

    @Override
    public boolean rebuild() throws IOException {
        require(!closed, "rebuilt after close");
        calls.add("rebuild");
        IOException failure = failingRebuild;
        failingRebuild = null;
        if (failure != null) {
            throw failure;
        }
        if (canRebuild) {
            registered.clear();
            orphans.clear();
        }
        return canRebuild;
    }

    @Override
    public void close() {
        require(!closed, "closed twice");
        closed = true;
        calls.add("close");
    }

    private void called(String method, Watch watch, int interest) {
        require(!closed, method + " after close");
        require(!polling, method + " inside a poll");
        calls.add(method + " " + fileOf(watch) + (interest == 0 ? "" : " " + bits(interest)));
    }

    private Registered known(Watch watch) {
        Registered found = registered.get(watch.token());
        require(found != null, fileOf(watch) + " isn't registered as slot " + watch.slot());
        return found;
    }

    private Registered find(Object file) {
        return registered.values().stream()
                .filter(each -> each.file().equals(file) && !each.vanished)
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " isn't registered"));
    }

    private void refuseIfTold(Object file) throws IOException {
        IOException refusal = refusals.get(file);
        if (refusal != null) {
            throw refusal;
        }
    }

    private static void fail(Throwable thrown) throws IOException {
        if (thrown instanceof IOException io) {
            throw io;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    private static Object fileOf(Watch watch) {
        return watch.channel() == null ? (Object) watch.fd() : watch.channel();
    }

    /** Bits as words, {@code "READ|WRITE"} for instance. */
    public static String bits(int bits) {
        List<String> names = new ArrayList<>();
        String[] all = {"READ", "WRITE", "PRIORITY", "ERROR", "HANGUP", "GONE"};
        for (int i = 0; i < all.length; i++) {
            if ((bits & 1 << i) != 0) {
                names.add(all[i]);
            }
        }
        return String.join("|", names);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("the core misuses its poller: " + otherwise);
        }
    }
}
