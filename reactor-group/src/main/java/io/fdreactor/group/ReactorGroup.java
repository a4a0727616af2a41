// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.group;

import io.fdreactor.Capability;
import io.fdreactor.IReactorTime;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.WrongThread;
import io.fdreactor.net.Factory;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.selection.Reactors;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several reactors of one backend that run side by side, each on a thread of its own. This lets a program use more than
 * one core although its parts were written for one reactor: each part is given one of them and stays on its thread.
 *
 * <pre>{@code
 * try (ReactorGroup group = ReactorGroup.open(4)) {
 *     group.listenTCP(8007, reactor -> peer -> new Echo(), ListenOptions.DEFAULT)
 *             .toCompletableFuture().join();
 *     group.awaitTermination();
 * }
 * }</pre>
 *
 * <p><b>The end.</b> The reactors end together: by {@link #stop} or {@link #close}, when the JVM ends (if the
 * configuration says so), or as soon as one of them has been stopped or has failed. Each of them goes through its own
 * shutdown. A reactor's failure is thrown by {@link #awaitTermination} or {@link #close}, whichever comes first.
 *
 * <p>All methods may be called from any thread, except that {@link #awaitTermination} and {@link #close} refuse the
 * group's own threads, because they wait.
 */
public final class ReactorGroup implements AutoCloseable {
    private final ReactorConfig template;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicReference<@Nullable Member> failed = new AtomicReference<>();
    private volatile boolean stopping;

    private ReactorGroup(ReactorConfig template) {
        this.template = template;
    }

    /**
     * Does what {@link #open(int, ReactorConfig)} does, with {@link ReactorConfig#DEFAULT}.
     *
     * @param count the number of reactors, at least 1
     * @return the group; all reactors run
     * @throws IllegalArgumentException if the count is less than 1
     */
    public static ReactorGroup open(int count) {
        return open(count, ReactorConfig.DEFAULT);
    }

    /**
     * Opens and runs reactors on the backend that {@link Reactors#open()} chooses.
     *
     * @param count the number of reactors, at least 1
     * @param template the configuration of all of them
     * @return the group; all reactors run
     * @throws IllegalArgumentException if the count is less than 1
     */
    public static ReactorGroup open(int count, ReactorConfig template) {
        AtomicReference<@Nullable String> chosen = new AtomicReference<>();
        return open(count, template, config -> {
            String id = chosen.get();
            Reactor reactor = id == null ? Reactors.open(config) : Reactors.open(id, config);
            chosen.set(reactor.backend());
            return reactor;
        });
    }

    /**
     * Opens and runs reactors on the backend with this id, as {@link Reactors#open(String)} does.
     *
     * @param count the number of reactors, at least 1
     * @param id the backend's id, such as {@code "epoll"}
     * @param template the configuration of all of them
     * @return the group; all reactors run
     * @throws IllegalArgumentException if the count is less than 1
     */
    public static ReactorGroup open(int count, String id, ReactorConfig template) {
        return open(count, template, config -> Reactors.open(id, config));
    }

    /**
     * Opens reactors, each on the thread that runs it, and returns when all run. If one can't be opened, the ones
     * before it are closed, and its exception is thrown.
     *
     * @param count the number of reactors, at least 1
     * @param template the configuration of all of them. The first reactor and its thread are called {@code NAME-0}, the
     *     others follow. Its objects, such as the exception handler, are called on the threads of all reactors
     * @param opener opens one reactor; all must be of one backend
     * @return the group; all reactors run
     * @throws IllegalArgumentException if the count is less than 1
     */
    public static ReactorGroup open(int count, ReactorConfig template, Function<ReactorConfig, Reactor> opener) {
        if (count < 1) {
            throw new IllegalArgumentException("a group has at least 1 reactor, not [" + count + "]");
        }
        ReactorGroup group = new ReactorGroup(template);
        try {
            for (int i = 0; i < count; i++) {
                group.start(template.toBuilder().name(template.name() + "-" + i).build(), opener);
            }
        } catch (CompletionException e) {
            throw group.abandon(Objects.requireNonNull(e.getCause()));
        }
        if (group.stopping) {
            // One ended before all were registered.
            group.stop();
        }
        return group;
    }

    private void start(ReactorConfig config, Function<ReactorConfig, Reactor> opener) {
        Member member = new Member(config, opener, this::ended);
        members.add(member);
        member.start();
    }

    private RuntimeException abandon(Throwable reason) {
        failed.set(null);
        try {
            close();
        } catch (ReactorException e) {
            // A reactor that has failed with the same reason has said nothing new.
            if (!isOrHasCause(e, reason)) {
                reason.addSuppressed(e);
            }
        }
        if (reason instanceof Error error) {
            throw error;
        }
        return reason instanceof RuntimeException exception ? exception : new IllegalStateException(reason);
    }

    private static boolean isOrHasCause(Throwable thrown, Throwable cause) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each.equals(cause)) {
                return true;
            }
        }
        return false;
    }

    private void ended(Member member) {
        if (member.failure() != null) {
            failed.compareAndSet(null, member);
        }
        stop();
    }

    /** {@return the number of reactors} */
    public int size() {
        return members.size();
    }

    /** {@return all reactors, in the order of their names; an immutable list} */
    public List<Reactor> reactors() {
        return members.stream().map(Member::reactor).toList();
    }

    /** {@return the next reactor in turn} */
    public Reactor next() {
        return nextMember().reactor();
    }

    private Member nextMember() {
        return members.get(Math.floorMod(turn.getAndIncrement(), members.size()));
    }

    /**
     * Listens for all reactors: with {@link AcceptMode#REUSE_PORT} if their backend supports it, otherwise with
     * {@link AcceptMode#HAND_OVER}.
     *
     * @param port 0 to 65535; 0 lets the system choose one, which {@link GroupPort#getHost} returns
     * @param factories called once for each reactor, on its thread; returns the factory for the connections there
     * @param options how to listen
     * @return a stage that completes on a reactor's thread when all listen. If it fails, none listens any more; the
     *     reason is a {@link io.fdreactor.net.CannotListen}, or the exception that {@code factories} threw
     */
    public CompletionStage<GroupPort> listenTCP(
            int port, Function<? super Reactor, ? extends Factory> factories, ListenOptions options) {
        boolean reusesPort =
                members.stream().allMatch(each -> each.reactor().capabilities().contains(Capability.REUSE_PORT));
        return listenTCP(port, factories, options, reusesPort ? AcceptMode.REUSE_PORT : AcceptMode.HAND_OVER);
    }

    /**
     * Listens for all reactors, as {@link #listenTCP(int, Function, ListenOptions)} does, with this way of accepting. A
     * group of one reactor listens as a single reactor does.
     *
     * @param port 0 to 65535; 0 lets the system choose one, which {@link GroupPort#getHost} returns
     * @param factories called once for each reactor, on its thread; returns the factory for the connections there
     * @param options how to listen
     * @param acceptMode how the connections are distributed
     * @return a stage, as that of {@link #listenTCP(int, Function, ListenOptions)}
     */
    public CompletionStage<GroupPort> listenTCP(
            int port,
            Function<? super Reactor, ? extends Factory> factories,
            ListenOptions options,
            AcceptMode acceptMode) {
        Objects.requireNonNull(factories, "factories can't be null");
        Objects.requireNonNull(options, "options can't be null: use ListenOptions.DEFAULT");
        Objects.requireNonNull(acceptMode, "an accept mode can't be null");
        return new Listening(members, factories, options).start(port, acceptMode, this::nextMember);
    }

    /**
     * Requests a clean shutdown of all reactors, and doesn't wait. From any thread, also from a callback. Calling it
     * again does nothing.
     */
    public void stop() {
        stopping = true;
        members.forEach(Member::stop);
    }

    /**
     * Waits until all reactors have ended.
     *
     * @throws ReactorException if one has failed, with the cause
     * @throws WrongThread on a thread of the group
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void awaitTermination() throws InterruptedException {
        checkThread("awaitTermination");
        for (Member member : members) {
            member.awaitEnd();
        }
        throwFailure();
    }

    /**
     * Shuts all reactors down cleanly, and waits for them and their threads. Closing twice does nothing.
     *
     * @throws ReactorException if some haven't ended after {@link ReactorConfig#shutdownTimeout}; or, with the cause,
     *     if one has failed, unless {@link #awaitTermination} has reported it
     * @throws WrongThread on a thread of the group: use {@link #stop}
     */
    @Override
    public void close() {
        checkThread("close");
        stop();
        long deadlineNanos = System.nanoTime() + IReactorTime.toNanos(template.shutdownTimeout());
        List<String> late = members.stream()
                .filter(member -> !member.awaitEnd(deadlineNanos))
                .map(Member::name)
                .toList();
        if (!late.isEmpty()) {
            throw new ReactorException(
                    "FDR-CLOSE-TIMEOUT",
                    "the reactors " + late + " were asked to stop and haven't ended within "
                            + template.shutdownTimeout()
                            + "; a callback blocks them, or a [before shutdown] stage doesn't complete");
        }
        throwFailure();
    }

    private void checkThread(String method) {
        if (members.stream().anyMatch(Member::isCurrentThread)) {
            throw new WrongThread(method + " waits for the group's threads, so it can't be called on ["
                    + Thread.currentThread().getName() + "], which is one of them; call stop");
        }
    }

    private void throwFailure() {
        Member member = failed.getAndSet(null);
        Throwable failure = member == null ? null : member.failure();
        if (member != null && failure != null) {
            throw new ReactorException(
                    "FDR-GROUP-FAILED",
                    "the reactor [" + member.name() + "] has failed, and its group has ended: " + describe(failure),
                    failure);
        }
    }

    /** By a class that the reader can look up, and the message. The stack trace has the rest. */
    private static String describe(Throwable failure) {
        Class<?> type = failure.getClass();
        while (type.getSuperclass() != null && (type.isAnonymousClass() || !Modifier.isPublic(type.getModifiers()))) {
            type = type.getSuperclass();
        }
        String message = failure.getMessage();
        return type.getSimpleName() + (message == null ? "" : ": " + message);
    }

    @Override
    public String toString() {
        return "ReactorGroup[" + template.name() + ", " + members.size() + " reactors]";
    }
}
