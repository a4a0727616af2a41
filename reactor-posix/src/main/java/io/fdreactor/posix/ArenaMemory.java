// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells direct buffers over a {@code MemorySegment} of an arena from those of {@link ByteBuffer#allocateDirect} and
 * {@code FileChannel.map}. Their memory can be freed while a call uses it, and only the JDK's own accesses check that.
 *
 * <p>It compares the kind of the scope with that of a buffer that the JDK has allocated. Where that can't be found out
 * (Java 19 and 20, the incubator's module of 17 and 18), every direct buffer counts as one over an arena's memory.
 */
final class ArenaMemory {
    private static final int FIRST_JAVA_WITH_PREVIEW = 19;

    private static final @Nullable Method OF_BUFFER =
            method("java.lang.foreign.MemorySegment", "ofBuffer", Buffer.class);
    private static final @Nullable Method SCOPE = method("java.lang.foreign.MemorySegment", "scope");
    private static final @Nullable Class<?> SCOPE_OF_OURS = scopeOf(ByteBuffer.allocateDirect(1));
    private static final boolean HAS_ARENAS = Runtime.version().feature() >= FIRST_JAVA_WITH_PREVIEW
            || ModuleLayer.boot().findModule("jdk.incubator.foreign").isPresent();

    private ArenaMemory() {}

    /** Whether the buffer's memory may be freed while the buffer can be reached. */
    static boolean isBehind(ByteBuffer direct) {
        return HAS_ARENAS && (SCOPE_OF_OURS == null || scopeOf(direct) != SCOPE_OF_OURS);
    }

    private static @Nullable Class<?> scopeOf(ByteBuffer direct) {
        if (OF_BUFFER == null || SCOPE == null) {
            return null;
        }
        try {
            return SCOPE.invoke(OF_BUFFER.invoke(null, direct.duplicate().clear()))
                    .getClass();
        } catch (ReflectiveOperationException unknown) {
            return null;
        }
    }

    private static @Nullable Method method(String type, String name, Class<?>... parameters) {
        try {
            return Class.forName(type).getMethod(name, parameters);
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }
}
