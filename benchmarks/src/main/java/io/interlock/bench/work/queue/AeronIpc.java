package io.interlock.bench.work.queue;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.interlock.bench.peer.Part.Setting;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.agrona.DirectBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron over shared memory. Its media driver, which tells senders how much room there is, has no thread: the sender
 * lets it work whenever there is no room. So there are as many spinning threads as with the other peers, and the driver
 * is never late. Drivers with threads of their own, shared or dedicated, were measured on two processors, with this
 * window: 0.3 to 0.5 times as fast with messages of 8 bytes, 0.6 to 0.75 times with 64 KiB.
 *
 * <p>A frame has a header of 32 bytes, and a length that is a multiple of 32. The window has room for as many messages
 * as the rings of the others, though it takes more bytes for them. What fits into a frame is written where it will lie;
 * what does not is offered, and put together again by the receiver.
 */
final class AeronIpc {

    /** The kind with a publication for one sender. */
    static final String EXCLUSIVE = "exclusive";
    /** The kind with a publication for any number of them. */
    static final String SHARED = "shared";

    private static final String CHANNEL = "aeron:ipc";
    private static final int STREAM = 1;
    /** A frame of the largest size, for messages that do not fit into those of the usual one. */
    private static final int LARGEST_FRAME = 65_504;
    private static final int USUAL_FRAME = 1408;
    private static final int HEADER = DataHeaderFlyweight.HEADER_LENGTH;
    /** Longer than any pause between two rounds, in which nobody lets the driver work. */
    private static final long PATIENCE_HOURS = 2;

    private AeronIpc() {
    }

    private static String directory(Setting setting) {
        return setting.directory().resolve("aeron").toString();
    }

    private static MediaDriver driver(Setting setting) {
        QueueShape shape = QueueShape.of(setting);
        long patienceNanos = TimeUnit.HOURS.toNanos(PATIENCE_HOURS);
        int frameBytes = BitUtil.align(HEADER + shape.messageBytes(), FrameDescriptor.FRAME_ALIGNMENT);
        int windowBytes = shape.capacity() * frameBytes;
        return MediaDriver.launch(new MediaDriver.Context().aeronDirectoryName(directory(setting))
                .threadingMode(ThreadingMode.INVOKER).performStorageChecks(false)
                .ipcTermBufferLength(BitUtil.findNextPositivePowerOfTwo(2 * windowBytes))
                .ipcPublicationTermWindowLength(windowBytes)
                .ipcMtuLength(HEADER + shape.messageBytes() <= USUAL_FRAME ? USUAL_FRAME : LARGEST_FRAME)
                .clientLivenessTimeoutNs(patienceNanos).publicationUnblockTimeoutNs(2 * patienceNanos));
    }

    private static Aeron.Context client(Setting setting) {
        return new Aeron.Context().aeronDirectoryName(directory(setting))
                .driverTimeoutMs(TimeUnit.HOURS.toMillis(PATIENCE_HOURS));
    }

    /** Has the driver. */
    public static final class AeronSender extends Sender {

        private final AgentInvoker driver;
        private final AgentInvoker client;
        private final Claiming claiming;
        private final ToLongFunction<DirectBuffer> offering;
        private final BufferClaim claim = new BufferClaim();
        private final UnsafeBuffer whole = new UnsafeBuffer(message);
        private final boolean fits;

        /** Starts the driver, and makes the publication. */
        public AeronSender(Setting setting) {
            super(setting);
            driver = driver(setting).sharedAgentInvoker();
            Aeron aeron = Aeron.connect(
                    client(setting).driverAgentInvoker(driver).useConductorAgentInvoker(true));
            client = aeron.conductorAgentInvoker();
            if (QueueShape.kind(setting).equals(EXCLUSIVE)) {
                ExclusivePublication publication = aeron.addExclusivePublication(CHANNEL, STREAM);
                claiming = publication::tryClaim;
                offering = publication::offer;
                fits = message.length <= publication.maxPayloadLength();
            } else {
                Publication publication = aeron.addPublication(CHANNEL, STREAM);
                claiming = publication::tryClaim;
                offering = publication::offer;
                fits = message.length <= publication.maxPayloadLength();
            }
        }

        /** The client tells the driver that it is alive. */
        @Override
        void prepare() {
            client.invoke();
        }

        @Override
        boolean offer(long number) {
            if (fits ? claim(number) : offerWhole(number)) {
                return true;
            }
            driver.invoke();
            return false;
        }

        private boolean claim(long number) {
            if (claiming.tryClaim(message.length, claim) < 0) {
                return false;
            }
            write(claim.buffer(), claim.offset(), number);
            claim.commit();
            return true;
        }

        private boolean offerWhole(long number) {
            Message.number(message, number);
            return offering.applyAsLong(whole) >= 0;
        }
    }

    /** To claim room; both publications can do it, though they have no type in common that says so. */
    private interface Claiming {

        long tryClaim(int length, BufferClaim claim);
    }

    /** Polls. */
    public static final class AeronReceiver extends Receiver {

        private final Setting setting;
        private final FragmentHandler handler;
        private Subscription subscription;

        /** Does not subscribe yet: the driver works in rounds only. */
        public AeronReceiver(Setting setting) {
            super(setting);
            this.setting = setting;
            FragmentHandler each = (buffer, offset, length, header) -> accept(buffer, offset);
            handler = HEADER + message.length <= LARGEST_FRAME ? each : new FragmentAssembler(each);
        }

        @Override
        void prepare() {
            if (subscription == null) {
                subscription = Aeron.connect(client(setting)).addSubscription(CHANNEL, STREAM);
            }
        }

        @Override
        boolean poll() {
            return subscription.poll(handler, atOnce) > 0;
        }
    }
}
