// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * java.lang.foreign, as much of it as libc needs: a handle for a function of C, and the address of a buffer.
 *
 * <p>Every argument is a long, and so is every result. A C int is passed in a whole register, extended by its sign,
 * which all architectures that we accept agree with; of an int's result the lower half alone means anything, and no
 * result of a call here needs more. What this saves is time to start: the JVM spins code for each shape of function,
 * and so there are no more shapes than numbers of arguments.
 */
final class Foreign {
    /** Made by whoever asks first; fails for all if it fails. */
    static final Foreign INSTANCE = new Foreign();

    private static final String ERRNO = "errno";

    private final Class<?> segment = type("MemorySegment");
    private final Class<?> layout = type("MemoryLayout");
    private final Class<?> option = type("Linker$Option");
    private final Class<?> descriptor = type("FunctionDescriptor");
    private final Method ofBuffer = method(segment, "ofBuffer", java.nio.Buffer.class);
    private final Method address = method(segment, "address");
    private final Method find = method(type("SymbolLookup"), "find", String.class);
    private final Method describe = method(descriptor, "of", layout, layout.arrayType());
    private final Method firstVariadicArg = method(option, "firstVariadicArg", int.class);
    private final Method downcallHandle =
            method(type("Linker"), "downcallHandle", segment, descriptor, option.arrayType());
    private final Object linker = call(method(type("Linker"), "nativeLinker"), null);
    private final Object lookup = call(method(type("Linker"), "defaultLookup"), linker);
    private final Object captureErrno =
            call(method(option, "captureCallState", String[].class), null, (Object) new String[] {ERRNO});
    private final Object longLayout = longLayout();

    /**
     * The function, of so many arguments.
     *
     * @return of type {@code (Object, long...) long}; the object is a {@link CallState}'s segment
     */
    MethodHandle function(String name, int arguments) {
        return link(name, arguments, captureErrno);
    }

    /** A variadic function, called with so many arguments, of which so many have names; as {@link #function}. */
    MethodHandle variadic(String name, int named, int arguments) {
        return link(name, arguments, captureErrno, call(firstVariadicArg, null, named));
    }

    private MethodHandle link(String name, int arguments, Object... options) {
        Object symbol = ((Optional<?>) call(find, lookup, name))
                .orElseThrow(() -> new UnsatisfiedLinkError("Error looking up function '" + name + "'"));
        Object longs = array(layout, Collections.nCopies(arguments, longLayout).toArray());
        MethodHandle handle = (MethodHandle)
                call(downcallHandle, linker, symbol, call(describe, null, longLayout, longs), array(option, options));
        return handle.asType(MethodType.methodType(
                long.class,
                MethodType.genericMethodType(1)
                        .appendParameterTypes(longs(arguments))
                        .parameterList()));
    }

    /** The memory of a direct buffer, whatever its position and limit. */
    Object segmentOf(ByteBuffer direct) {
        return call(ofBuffer, null, direct.duplicate().clear());
    }

    long addressOf(ByteBuffer direct) {
        return (long) call(address, segmentOf(direct));
    }

    private static Class<?>[] longs(int count) {
        return Collections.nCopies(count, long.class).toArray(Class<?>[]::new);
    }

    private static Object array(Class<?> type, Object... elements) {
        Object array = Array.newInstance(type, elements.length);
        System.arraycopy(elements, 0, array, 0, elements.length);
        return array;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException e) {
            throw missing(e);
        }
    }

    private static Method method(Class<?> owner, String name, Class<?>... parameters) {
        try {
            return owner.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw missing(e);
        }
    }

    private static Object longLayout() {
        try {
            return type("ValueLayout").getField("JAVA_LONG").get(null);
        } catch (ReflectiveOperationException e) {
            throw missing(e);
        }
    }

    private static Object call(Method method, @Nullable Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            // What it throws is unchecked: access is forbidden, or this JVM has no linker.
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : missing(e);
        } catch (IllegalAccessException e) {
            throw missing(e);
        }
    }

    private static UnsupportedOperationException missing(ReflectiveOperationException cause) {
        return new UnsupportedOperationException("this JVM's java.lang.foreign isn't the one of Java 22", cause);
    }
}
