// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.names;

import com.google.common.net.InetAddresses;
import io.fdreactor.NameResolver;
import io.fdreactor.ReactorClosed;
import io.fdreactor.core.loop.Loop;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
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

    /** As a URL's host ends in a number: decimal, or hexadecimal after 0x. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

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
            String ascii = ascii(host);
            if (!InetAddresses.isInetAddress(ascii)) {
                requireName(ascii);
                ask(ascii);
                return;
            }
            answer(List.of(InetAddress.getByName(ascii)), null);
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

    /**
     * Refuses what can only be meant as an address. To ask for it takes time, tells others of it, and may be answered: the
     * system takes 127.1 and 0x7f.1 for 127.0.0.1, which whoever checks a host's text doesn't expect.
     */
    private static void requireName(String host) throws UnknownHostException {
        if (host.indexOf(':') >= 0) {
            throw new UnknownHostException(
                    "it is no IPv6 address, and a name has no colon; an address has no brackets");
        }
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        String last = host.substring(host.lastIndexOf('.', end - 1) + 1, end);
        if (NUMBER.matcher(last).matches()) {
            throw new UnknownHostException(
                    "it is no IPv4 address, which is four numbers from 0 to 255, and a name doesn't end in a number");
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
                found = new ArrayList<>(Objects.requireNonNull(addresses, "a resolver's answer can't be null"));
                found.forEach(each -> Objects.requireNonNull(each, "a resolver's answer can't have a null in it"));
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
