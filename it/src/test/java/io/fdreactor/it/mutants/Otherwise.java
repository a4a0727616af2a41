// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;

/** Does what another object does, but for a few methods of its interface, which are named and done otherwise. */
final class Otherwise implements InvocationHandler {
    private final Object good;
    private final Map<String, Call> otherwise;

    private Otherwise(Object good, Map<String, Call> otherwise) {
        this.good = good;
        this.otherwise = otherwise;
    }

    /** What to do instead of a method. */
    @FunctionalInterface
    interface Call {
        /** @param arguments the method's; none is an empty array */
        Object on(Object[] arguments) throws Throwable;
    }

    /** A method that does nothing. */
    static final Call NOTHING = arguments -> null;

    static <T> T of(Class<T> type, T good, Map<String, Call> otherwise) {
        otherwise.keySet().forEach(name -> {
            if (Arrays.stream(type.getMethods())
                    .noneMatch(method -> method.getName().equals(name))) {
                throw new IllegalArgumentException("[" + type + "] has no method [" + name + "]");
            }
        });
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Otherwise(good, otherwise)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object[] all = arguments == null ? new Object[0] : arguments;
        if (method.isDefault() && method.getParameterCount() == 1 && method.getParameterTypes()[0] == byte[].class) {
            return InvocationHandler.invokeDefault(proxy, method, all);
        }
        Call call = otherwise.get(method.getName());
        if (call != null) {
            return call.on(all);
        }
        try {
            return method.invoke(good, all);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
