// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PROXY protocol header that comes cut anywhere, in version 1 or 2, and not a byte beyond it. The first byte tells
 * the version, and the first byte that can't be right ends it. Never keeps more than the addresses take: of what a version 2
 * header has behind them, the TLVs, nothing is looked at, the checksum included.
 */
final class ProxyHeaderReader {
    /** The longest of either version, as far as it is kept. */
    private final byte[] header = new byte[Math.max(ProxyHeaderV1.MAX_BYTES, ProxyHeaderV2.MAX_KEPT_BYTES)];

    private int size;
    /** How much of a version 2 header is still to be passed over. */
    private int skip;

    /**
     * Takes what belongs to the header from the buffer.
     *
     * @return the header, or null while it isn't complete
     */
    @Nullable
    ProxyHeader read(ByteBuffer input) throws ProxyHeaderException {
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

    private @Nullable ProxyHeader endOfV1() throws ProxyHeaderException {
        return ProxyHeaderV1.isComplete(header, size) ? ProxyHeaderV1.parse(header, size) : null;
    }

    private @Nullable ProxyHeader endOfV2() throws ProxyHeaderException {
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
