// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PROXY protocol header of version 1 or 2 that arrives in pieces of any size, and not a byte beyond it. The
 * first byte determines the version, and the first invalid byte ends the header. At most the addresses' bytes are kept;
 * the TLVs behind them in a version 2 header, including the checksum, are skipped.
 */
final class ProxyHeaderReader {
    /** The longest of either version, as far as it is kept. */
    private final byte[] header = new byte[Math.max(ProxyHeaderV1.MAX_BYTES, ProxyHeaderV2.MAX_KEPT_BYTES)];

    private int size;
    /** How much of a version 2 header is still to be passed over. */
    private int skip;

    /**
     * Consumes the header's bytes from the buffer.
     *
     * @return the header, or null while it isn't complete
     */
    @Nullable
    ProxyHeader read(ByteBuffer input) throws InvalidProxyHeader {
        while (input.hasRemaining()) {
            if (skip > 0) {
                int skipped = Math.min(skip, input.remaining());
                input.position(input.position() + skipped);
                skip -= skipped;
                if (skip == 0) {
                    return ProxyHeaderV2.parse(header, size);
                }
            } else {
                header[size++] = input.get();
                ProxyHeader complete = header[0] == ProxyHeaderV1.FIRST_BYTE ? endOfV1() : endOfV2();
                if (complete != null) {
                    return complete;
                }
            }
        }
        return null;
    }

    private @Nullable ProxyHeader endOfV1() throws InvalidProxyHeader {
        return ProxyHeaderV1.isComplete(header, size) ? ProxyHeaderV1.parse(header, size) : null;
    }

    private @Nullable ProxyHeader endOfV2() throws InvalidProxyHeader {
        int total = ProxyHeaderV2.totalBytes(header, size);
        int kept = Math.min(total, ProxyHeaderV2.MAX_KEPT_BYTES);
        if (size < kept) {
            return null;
        }
        skip = total - kept;
        return skip > 0 ? null : ProxyHeaderV2.parse(header, size);
    }

    /** For a message: how far it has got. */
    int bytesRead() {
        return size;
    }
}
