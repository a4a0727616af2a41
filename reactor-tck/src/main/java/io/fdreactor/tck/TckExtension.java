// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.Capability;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.RequiresAbsent;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.TckFixtures;
import io.fdreactor.tck.report.Outcome;
import io.fdreactor.tck.report.RuleFilter;
import io.fdreactor.tck.report.TckReport.Waiver;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
        if (context.getTestMethod().isEmpty() || context.getTestInstances().isEmpty()) {
            return ConditionEvaluationResult.enabled("conditions are the methods' business");
        }
        ReactorTck tck = tck(context);
        ContractRun run = ReportExtension.runOf(context);
        run.isAbout(tck);
        if (!run.settings().filter().takes(ruleOf(context))) {
            return ConditionEvaluationResult.disabled("not asked for by " + RuleFilter.PARAMETER);
        }
        ConditionEvaluationResult result = evaluateCapabilities(tck, context);
        if (!result.isDisabled()) {
            run.starts(context.getUniqueId());
        }
        return result;
    }

    private static ConditionEvaluationResult evaluateCapabilities(ReactorTck tck, ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Requires requires = method.getAnnotation(Requires.class);
        RequiresAbsent absent = method.getAnnotation(RequiresAbsent.class);
        if (requires == null && absent == null) {
            return ConditionEvaluationResult.enabled("every backend owes this");
        }
        String backend = tck.provider().id();
        Set<Capability> claimed = tck.provider().capabilities();
        List<Capability> missing =
                requires == null ? List.of() : only(requires.value(), each -> !claimed.contains(each));
        if (!missing.isEmpty()) {
            return disabled(context, Outcome.REFUSED, "[" + backend + "] doesn't claim " + missing);
        }
        List<Capability> present = absent == null ? List.of() : only(absent.value(), claimed::contains);
        if (!present.isEmpty()) {
            return disabled(context, Outcome.NOT_RUN, "[" + backend + "] claims " + present);
        }
        return ConditionEvaluationResult.enabled("[" + backend + "] owes this");
    }

    private static List<Capability> only(Capability[] capabilities, Predicate<Capability> wanted) {
        return Arrays.stream(capabilities).filter(wanted).toList();
    }

    private static ConditionEvaluationResult disabled(ExtensionContext context, Outcome outcome, String reason) {
        String test = context.getRequiredTestMethod().getName();
        TckContext.print(ruleOf(context) + " " + test + " doesn't apply: " + reason);
        ReportExtension.runOf(context).ends(context.getUniqueId(), context.getRequiredTestMethod(), outcome, reason);
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
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        Waiver waiver = ReportExtension.runOf(context).settings().waivers().of(ruleOf(context));
        if (waiver != null) {
            TckContext.print(waiver + "\n" + failure.getMessage());
            throw new Excused(Outcome.WAIVED, failure);
        }
        if (levelOf(context) == Level.SHOULD && failure instanceof AssertionError) {
            TckContext.print("should, but doesn't: " + failure.getMessage());
            throw new Excused(Outcome.FORGIVEN, failure);
        }
        throw failure;
    }

    private static TckContext contextOf(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(TckContext.class, key -> newContext(context), TckContext.class);
    }

    private static TckContext newContext(ExtensionContext context) {
        ReactorTck tck = tck(context);
        long timeoutNanos = ReportExtension.runOf(context).settings().timeoutNanos();
        return new TckContext(
                ruleOf(context), tck.provider(), tck::fixtures, context::getConfigurationParameter, timeoutNanos);
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

    private static Level levelOf(ExtensionContext context) {
        Rule rule = context.getRequiredTestMethod().getAnnotation(Rule.class);
        return rule == null ? Level.MUST : rule.level();
    }
}
