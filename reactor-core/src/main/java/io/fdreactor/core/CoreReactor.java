package io.fdreactor.core;
// stub: being written; the final class has this constructor
import io.fdreactor.ReactorConfig;
public abstract class CoreReactor implements io.fdreactor.Reactor {
    protected CoreReactor(Backend backend, ReactorConfig config) {}
}
