// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of a name's addresses, by RFC 8305 and RFC 6724. */
class AddressOrderTest {
    private static List<InetAddress> of(String addresses) {
        return Stream.of(addresses.split(" ")).map(InetAddresses::forString).toList();
    }

    private static String text(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddresses::toAddrString).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "1::1, 1::1",
        "1::1 1::2 1.0.0.1 1.0.0.2, 1::1 1.0.0.1 1::2 1.0.0.2",
        "1.0.0.1 1.0.0.2 1::1 1::2, 1.0.0.1 1::1 1.0.0.2 1::2",
        "1::1 1::2 1::3 1.0.0.1, 1::1 1.0.0.1 1::2 1::3",
        "1.0.0.1 1::1 1::2 1::3, 1.0.0.1 1::1 1::2 1::3",
        "1::1 1.0.0.1 1::1 1.0.0.1, 1::1 1.0.0.1",
    })
    void theFamiliesTakeTurnsBeginningWithTheFirst(String sorted, String expected) {
        assertThat(text(AddressOrder.interleaved(of(sorted)))).isEqualTo(expected);
    }

    @Test
    void addressesThatDifferInTheirScopeAreTwo() throws UnknownHostException {
        InetAddress one = InetAddress.getByName("fe80::1%1");
        InetAddress two = InetAddress.getByName("fe80::1%2");
        List<InetAddress> both = List.of(one, two, one);
        for (List<InetAddress> each : List.of(
                AddressOrder.interleaved(both),
                AddressOrder.byPrecedenceOfFamily(both),
                AddressOrder.ofFamily(one, both))) {
            assertThat(each)
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly(one.getHostAddress(), two.getHostAddress());
        }
    }

    @Test
    void nothingIsInOrder() {
        assertThat(AddressOrder.interleaved(List.of())).isEmpty();
        assertThat(AddressOrder.byPrecedenceOfFamily(List.of())).isEmpty();
    }

    @Test
    void aLocalAddressReachesItsOwnFamily() {
        List<InetAddress> both = of("1::1 1.0.0.1 1::2");
        assertThat(text(AddressOrder.ofFamily(InetAddresses.forString("::"), both)))
                .isEqualTo("1::1 1::2");
        assertThat(text(AddressOrder.ofFamily(InetAddresses.forString("9.9.9.9"), both)))
                .isEqualTo("1.0.0.1");
    }

    /** The rows of RFC 6724's default policy table, each against IPv4. */
    @ParameterizedTest
    @CsvSource({
        "::1, true",
        "2a00::1, true",
        "fe80::1, true",
        "2001:db8::1, true",
        "2002::1, false",
        "2001::1, false",
        "fd00::1, false",
        "fec0::1, false",
        "3ffe::1, false",
        "::9.9.9.9, false",
    })
    void theFamilyOfHigherPrecedenceComesFirst(String six, boolean first) {
        String four = "192.0.2.1";
        String expected = first ? six + " " + four : four + " " + six;
        assertThat(AddressOrder.byPrecedenceOfFamily(of(four + " " + six))).isEqualTo(of(expected));
        assertThat(AddressOrder.byPrecedenceOfFamily(of(six + " " + four))).isEqualTo(of(expected));
    }

    @Test
    void eachFamilyKeepsItsOwnOrder() {
        assertThat(text(AddressOrder.byPrecedenceOfFamily(of("1.0.0.2 1.0.0.1 2a00::2 fd00::1 2a00::1"))))
                .isEqualTo("2a00::2 fd00::1 2a00::1 1.0.0.2 1.0.0.1");
    }
}
