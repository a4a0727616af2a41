// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ReactorConfig;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a reactor is made of, in the order in which it is made: a part finds those before it in the loop. Who makes a
 * wrong reactor puts a wrong part in.
 */
final class Parts {
    BiFunction<ReactorConfig, Parts, Loop> loop = Loop::new;
    Supplier<Owner> owner = Owner::new;
    Function<Loop, Callbacks> callbacks = Callbacks::new;
    Function<Loop, Wait> wait = Wait::new;
    Function<Loop, ThreadCalls> calls = ThreadCalls::new;
    Function<Loop, Timers> timers = Timers::new;
    Function<Loop, Descriptors> descriptors = Descriptors::new;
    Function<Loop, Dispatcher> dispatcher = Dispatcher::new;
    Function<Loop, SystemEvents> events = SystemEvents::new;
    Function<Loop, Pool> pool = Pool::new;
    Function<Loop, JvmEnd> jvmEnd = JvmEnd::new;
    Function<Loop, ScratchReactor> reactor = ScratchReactor::new;

    ScratchReactor open(ReactorConfig config) {
        return reactor.apply(loop.apply(config, this));
    }
}
