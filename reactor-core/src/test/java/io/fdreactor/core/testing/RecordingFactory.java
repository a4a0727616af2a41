// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A factory that writes each call into a journal, {@code "F failed Refused"} for one, and then does what the test has
 * set for it: build a {@link RecordingProtocol} called P, and otherwise nothing, unless told otherwise.
 */
public final class RecordingFactory implements ClientFactory {
    private final Journal journal;
    private Supplier<@Nullable Protocol> build;
    private Runnable onStart = () -> {};
    private Runnable onStop = () -> {};
    private Consumer<Connector> onConnecting = connector -> {};
    private Consumer<Connector> onFailed = connector -> {};
    private Consumer<Connector> onLost = connector -> {};
    private @Nullable RecordingProtocol last;
    private @Nullable ConnectFailed lastFailure;

    public RecordingFactory(Journal journal) {
        this.journal = journal;
        this.build = () -> new RecordingProtocol(journal, "P");
    }

    /** From now on it builds these. */
    public void builds(Supplier<@Nullable Protocol> value) {
        this.build = value;
    }

    public void onStart(Runnable action) {
        this.onStart = action;
    }

    public void onStop(Runnable action) {
        this.onStop = action;
    }

    public void onConnecting(Consumer<Connector> action) {
        this.onConnecting = action;
    }

    public void onFailed(Consumer<Connector> action) {
        this.onFailed = action;
    }

    public void onLost(Consumer<Connector> action) {
        this.onLost = action;
    }

    /** The last protocol it has built. */
    public RecordingProtocol last() {
        if (last == null) {
            throw new AssertionError("no protocol was built");
        }
        return last;
    }

    /** Why the last attempt that failed has failed. */
    public ConnectFailed lastFailure() {
        if (lastFailure == null) {
            throw new AssertionError("no attempt has failed");
        }
        return lastFailure;
    }

    @Override
    public void startFactory() {
        journal.add("F start");
        onStart.run();
    }

    @Override
    public void stopFactory() {
        journal.add("F stop");
        onStop.run();
    }

    @Override
    public @Nullable Protocol buildProtocol(SocketAddress peer) {
        journal.add("F builds");
        Protocol built = build.get();
        if (built instanceof RecordingProtocol recording) {
            last = recording;
        }
        return built;
    }

    @Override
    public void startedConnecting(Connector connector) {
        journal.add("F connecting");
        onConnecting.accept(connector);
    }

    @Override
    public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
        journal.add("F failed " + Journal.name(reason));
        lastFailure = reason;
        onFailed.accept(connector);
    }

    @Override
    public void clientConnectionLost(Connector connector, Throwable reason) {
        journal.add("F lost " + Journal.name(reason));
        onLost.accept(connector);
    }
}
