// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** The rules of Reactive Streams for subscribers: a connection whose peer reads all that comes. */
public class OutputSubscriberTckTest extends FlowSubscriberBlackboxVerification<ByteBuffer> {
    private static final long TIMEOUT_MILLIS = 2000;
    private static final long NOTHING_COMES_MILLIS = 20;

    private RunningReactor running;

    public OutputSubscriberTckTest() {
        super(new TestEnvironment(TIMEOUT_MILLIS, NOTHING_COMES_MILLIS));
    }

    @BeforeClass
    public void start() {
        running = new RunningReactor();
    }

    @AfterClass
    public void stop() {
        running.close();
    }

    @Override
    public Flow.Subscriber<ByteBuffer> createFlowSubscriber() {
        FlowProtocol protocol = new FlowProtocol(running.reactor);
        running.connect(protocol, socket -> socket.getInputStream().readAllBytes());
        return protocol.output();
    }

    @Override
    public ByteBuffer createElement(int element) {
        return ByteBuffer.allocate(4).putInt(element).flip();
    }
}
