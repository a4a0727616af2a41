// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.Capability;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Gives each test a {@link TckContext} and takes it back: decides by the claimed capabilities whether the test
 * applies, runs it on a thread of its own that may hang without harm, and says in full what went wrong.
 */
final class TckExtension implements ExecutionCondition, ParameterResolver, InvocationInterceptor {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TckExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        AnnotatedElement method = context.getTestMethod().orElse(null);
        if (method == null || context.getTestInstances().isEmpty()) {
            return ConditionEvaluationResult.enabled("conditions are the methods' business");
        }
        if (!RuleFilter.of(context).takes(ruleOf(context))) {
            return ConditionEvaluationResult.disabled("not asked for by " + RuleFilter.PARAMETER);
        }
        Requires requires = method.getAnnotation(Requires.class);
        RequiresAbsent absent = method.getAnnotation(RequiresAbsent.class);
        String backend = tck(context).provider().id();
        Set<Capability> claimed = tck(context).provider().capabilities();
        if (requires != null && !claimed.containsAll(List.of(requires.value()))) {
            return disabled(context, "[" + backend + "] doesn't claim " + List.of(requires.value()));
        }
        if (absent != null && List.of(absent.value()).stream().anyMatch(claimed::contains)) {
            return disabled(context, "[" + backend + "] claims " + List.of(absent.value()));
        }
        return ConditionEvaluationResult.enabled("[" + backend + "] owes this");
    }

    private static ConditionEvaluationResult disabled(ExtensionContext context, String reason) {
        TckContext.print(ruleOf(context) + " " + context.getDisplayName() + " doesn't apply: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TckContext.class || TckFixtures.class.isAssignableFrom(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TckContext tck = contextOf(context);
        return parameter.getParameter().getType() == TckContext.class ? tck : tck.fixtures();
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    private static void run(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        Throwable failure = contextOf(context).run(invocation::proceed);
        if (failure == null) {
            return;
        }
        if (levelOf(context) == Rule.Level.SHOULD && failure instanceof AssertionError) {
            TckContext.print("should, but doesn't: " + failure.getMessage());
            throw new TestAbortedException(failure.getMessage(), failure);
        }
        throw failure;
    }

    private static TckContext contextOf(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(TckContext.class, key -> newContext(context), TckContext.class);
    }

    private static TckContext newContext(ExtensionContext context) {
        ReactorTck tck = tck(context);
        return new TckContext(ruleOf(context), tck.provider(), tck.fixtures());
    }

    private static ReactorTck tck(ExtensionContext context) {
        return context.getRequiredTestInstances()
                .findInstance(ReactorTck.class)
                .orElseThrow(() -> new IllegalStateException(
                        "[" + context.getRequiredTestClass() + "] must be a nested class of a ReactorTck"));
    }

    private static String ruleOf(ExtensionContext context) {
        Rule rule = context.getRequiredTestMethod().getAnnotation(Rule.class);
        return rule == null ? context.getDisplayName() : rule.value();
    }

    private static Rule.Level levelOf(ExtensionContext context) {
        Rule rule = context.getRequiredTestMethod().getAnnotation(Rule.class);
        return rule == null ? Rule.Level.MUST : rule.level();
    }
}
