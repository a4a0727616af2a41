// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.ConnectionLost;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** The rules of Reactive Streams for publishers: a connection that is read a byte at a time, each an element. */
public class InputPublisherTckTest extends FlowPublisherVerification<ByteBuffer> {
    private static final long TIMEOUT_MILLIS = 2000;
    private static final long NOTHING_COMES_MILLIS = 20;

    private RunningReactor running;

    public InputPublisherTckTest() {
        super(new TestEnvironment(TIMEOUT_MILLIS, NOTHING_COMES_MILLIS));
    }

    @BeforeClass
    public void start() {
        running = new RunningReactor(1);
    }

    @AfterClass
    public void stop() {
        running.close();
    }

    @Override
    public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
        FlowProtocol protocol = new FlowProtocol(running.reactor);
        running.connect(protocol, socket -> {
            OutputStream out = socket.getOutputStream();
            try {
                byte[] octets = new byte[1024];
                for (long left = elements; left > 0; left -= octets.length) {
                    out.write(octets, 0, (int) Math.min(left, octets.length));
                }
            } catch (SocketException e) {
                // It was cancelled.
            }
        });
        return protocol.input();
    }

    @Override
    public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
        FlowProtocol protocol = new FlowProtocol(running.reactor);
        running.reactor.callFromThread(() -> protocol.connectionLost(ConnectionLost.INSTANCE));
        return protocol.input();
    }
}
