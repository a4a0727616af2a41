// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.Capability;
import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.RequiresAbsent;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.contract.RuleBook;
import io.fdreactor.tck.contract.RuleBook.RuleText;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The rules' words and their tests, of this module and of {@code fdreactor-tck}, say the same. */
class RulesInStepTest {
    private static final List<Method> TESTS = testsOf(PosixReactorTck.class).toList();

    private static Stream<Method> testsOf(Class<?> type) {
        return Stream.concat(
                ReflectionSupport.findMethods(
                        type, each -> each.isAnnotationPresent(Rule.class), HierarchyTraversalMode.TOP_DOWN)
                        .stream(),
                ReflectionSupport.findNestedClasses(type, each -> each.isAnnotationPresent(Nested.class)).stream()
                        .flatMap(RulesInStepTest::testsOf));
    }

    private static String idOf(Method test) {
        return test.getAnnotation(Rule.class).value();
    }

    @Test
    void everyRuleHasATestAndEveryTestARule() {
        assertThat(TESTS.stream().map(RulesInStepTest::idOf).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(RuleBook.rules().keySet());
    }

    @Test
    void levelsAgree() {
        assertThat(TESTS).isNotEmpty().allSatisfy(test -> {
            Level level = test.getAnnotation(Rule.class).level();
            boolean isForgiven = RuleBook.rules().get(idOf(test)).level() == Level.SHOULD;
            assertThat(level).isEqualTo(isForgiven ? Level.SHOULD : Level.MUST);
        });
    }

    @Test
    void whatOnlyClaimantsOweIsAskedOfThemOnly() {
        assertThat(TESTS).allSatisfy(test -> {
            RuleText rule = RuleBook.rules().get(idOf(test));
            if (rule.level() == Level.CAP) {
                assertThat(asksAbout(test)).contains(rule.capability());
            }
        });
    }

    /** By its own words, or by its place: this module is for those who claim numbers. */
    private static Set<Capability> asksAbout(Method test) {
        Set<Capability> capabilities = new TreeSet<>();
        Requires requires = test.getAnnotation(Requires.class);
        if (requires != null) {
            capabilities.addAll(List.of(requires.value()));
        }
        RequiresAbsent absent = test.getAnnotation(RequiresAbsent.class);
        if (absent != null) {
            capabilities.addAll(List.of(absent.value()));
        }
        if (test.getDeclaringClass().getPackage().equals(PosixReactorTck.class.getPackage())) {
            capabilities.add(Capability.INT_FD);
        }
        return capabilities;
    }
}
