// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.bare;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * java.lang.foreign by reflection, for this compiles for Java 17. Links libc's functions of ints and longs. errno goes to
 * memory of one thread's: that which runs the loop.
 */
final class Foreign {
    private final Object linker = call(null, "Linker", "nativeLinker");
    private final Object libc = call(linker, "Linker", "defaultLookup");
    private final Object captureErrno;
    private final Object captured;
    private final ByteBuffer errno;

    Foreign() {
        captureErrno = call(null, "Linker$Option", "captureCallState", (Object) new String[] {"errno"});
        Object layout = call(null, "Linker$Option", "captureStateLayout");
        Object arena = call(null, "Arena", "global");
        captured = call(arena, "SegmentAllocator", "allocate", layout);
        errno = ((ByteBuffer) call(captured, "MemorySegment", "asByteBuffer")).order(ByteOrder.nativeOrder());
    }

    int errno() {
        return errno.getInt(0);
    }

    long address(ByteBuffer direct) {
        return (long) call(call(null, "MemorySegment", "ofBuffer", direct), "MemorySegment", "address");
    }

    /** A handle that takes and answers what the function does. */
    MethodHandle function(String name, Class<?> result, Class<?>... arguments) {
        Object symbol = ((Optional<?>) call(libc, "SymbolLookup", "find", name))
                .orElseThrow(() -> new UnsatisfiedLinkError("libc has no [" + name + "]"));
        Object layouts = Array.newInstance(type("MemoryLayout"), arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            Array.set(layouts, i, layout(arguments[i]));
        }
        Object descriptor = call(null, "FunctionDescriptor", "of", layout(result), layouts);
        Object options = Array.newInstance(type("Linker$Option"), 1);
        Array.set(options, 0, captureErrno);
        MethodHandle handle = (MethodHandle) call(linker, "Linker", "downcallHandle", symbol, descriptor, options);
        return MethodHandles.insertArguments(handle, 0, captured);
    }

    private static Object layout(Class<?> integer) {
        try {
            return type("ValueLayout")
                    .getField(integer == int.class ? "JAVA_INT" : "JAVA_LONG")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("java.lang.foreign is not as Java 22 has it", e);
        }
    }

    /** Calls the one method of that name that takes these arguments. */
    private static Object call(@Nullable Object target, String type, String name, Object... arguments) {
        try {
            for (Method method : type(type).getMethods()) {
                if (method.getName().equals(name) && takes(method, arguments)) {
                    return method.invoke(target, arguments);
                }
            }
            throw new NoSuchMethodException(type + "." + name);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("java.lang.foreign is not as Java 22 has it", e);
        }
    }

    private static boolean takes(Method method, Object... arguments) {
        Class<?>[] types = method.getParameterTypes();
        boolean fit = types.length == arguments.length;
        for (int i = 0; fit && i < types.length; i++) {
            fit = types[i].isInstance(arguments[i]);
        }
        return fit;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("java.lang.foreign needs Java 22 or newer", e);
        }
    }
}
