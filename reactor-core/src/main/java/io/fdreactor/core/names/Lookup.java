// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.names;

import com.google.common.net.InetAddresses;
import io.fdreactor.NameResolver;
import io.fdreactor.ReactorClosed;
import io.fdreactor.core.loop.Loop;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One question for a name's addresses. Its asker gets one answer, on the reactor's thread, or none once it has
 * cancelled; the resolver may answer when and where it likes, or never.
 */
public final class Lookup {
    /** Who wants to know. */
    public interface Asker {
        /** @param addresses the best first; at least one */
        void found(List<InetAddress> addresses);

        /** @param reason as the resolver gave it */
        void notFound(Throwable reason);
    }

    private final Loop loop;
    private final NameResolver resolver;
    private final String host;
    private final Asker asker;
    private boolean over;
    private @Nullable CompletionStage<List<InetAddress>> asked;

    Lookup(Loop loop, NameResolver resolver, String host, Asker asker) {
        this.loop = loop;
        this.resolver = resolver;
        this.host = host;
        this.asker = asker;
    }

    /** Begins. For an address, and for a name that can't be one, the answer comes from inside this call. */
    public void start() {
        try {
            if (!InetAddresses.isInetAddress(host)) {
                ask(ascii(host));
                return;
            }
            answer(List.of(InetAddress.getByName(host)), null);
        } catch (UnknownHostException e) {
            // An address with a scope that this machine hasn't got, or a name that is too long.
            answer(List.of(), e);
        }
    }

    private static String ascii(String host) throws UnknownHostException {
        if (host.chars().allMatch(c -> c < 0x80)) {
            return host;
        }
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw (UnknownHostException) new UnknownHostException(e.getMessage()).initCause(e);
        }
    }

    private void ask(String ascii) {
        try {
            CompletionStage<List<InetAddress>> stage =
                    Objects.requireNonNull(resolver.resolve(ascii), "a resolver's stage can't be null");
            asked = stage;
            stage.whenComplete(this::answered);
        } catch (Throwable thrown) {
            loop.callbacks().failed(thrown, "resolve", null);
            answered(null, thrown);
        }
        if (over) {
            // Cancelled while the resolver was called.
            cancelAsked();
        }
    }

    /** On any thread. The list may be changed by whoever made it as soon as this returns. */
    private void answered(@Nullable List<InetAddress> addresses, @Nullable Throwable thrown) {
        List<InetAddress> found = List.of();
        Throwable reason =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (reason == null) {
            try {
                found = List.copyOf(Objects.requireNonNull(addresses, "a resolver's answer can't be null"));
            } catch (Throwable e) {
                reason = e;
            }
        }
        List<InetAddress> copy = found;
        Throwable why = reason == null && copy.isEmpty() ? new UnknownHostException("it has no address") : reason;
        try {
            loop.callFromThread(() -> answer(copy, why));
        } catch (ReactorClosed e) {
            // Nobody waits for it any more.
        }
    }

    private void answer(List<InetAddress> addresses, @Nullable Throwable why) {
        if (over) {
            return;
        }
        over = true;
        if (why == null) {
            asker.found(addresses);
        } else {
            asker.notFound(why);
        }
    }

    /** Lets the resolver know that nobody waits; its answer, if there is one still, is ignored. */
    public void cancel() {
        if (!over) {
            over = true;
            cancelAsked();
        }
    }

    private void cancelAsked() {
        CompletionStage<List<InetAddress>> stage = asked;
        asked = null;
        if (stage != null) {
            loop.callbacks().guard(() -> stage.toCompletableFuture().cancel(true), "cancelling a look-up", null);
        }
    }
}
