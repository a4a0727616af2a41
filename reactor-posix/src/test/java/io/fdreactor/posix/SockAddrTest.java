// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Linux.AF_INET;
import static io.fdreactor.posix.libc.Linux.AF_INET6;
import static io.fdreactor.posix.libc.Linux.AF_UNIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SockAddrTest {
    private final SockAddr sockAddr = new SockAddr();

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.254.253.252", "::", "::1", "2001:db8:1:2:3:4:5:ffff"})
    void anAddressComesBackAsItWent(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        for (int port : new int[] {0, 1, 80, 255, 256, 0x1234, 0x8000, 65535}) {
            InetSocketAddress expected = new InetSocketAddress(address, port);
            assertThat(sockAddr.put(expected, SockAddr.familyOf(address)).get()).isEqualTo(expected);
        }
    }

    @Test
    void theScopeOfALinkLocalAddressIsKept() throws IOException {
        byte[] host = InetAddress.getByName("fe80::1234").getAddress();
        Inet6Address scoped = Inet6Address.getByAddress(null, host, 3);
        InetAddress back =
                sockAddr.put(new InetSocketAddress(scoped, 80), AF_INET6).get().getAddress();
        assertThat(back).isEqualTo(scoped);
        assertThat(((Inet6Address) back).getScopeId()).isEqualTo(3);

        // And is gone with the next address.
        Inet6Address unscoped = Inet6Address.getByAddress(null, host, 0);
        back = sockAddr.put(new InetSocketAddress(unscoped, 80), AF_INET6).get().getAddress();
        assertThat(((Inet6Address) back).getScopeId()).isZero();
    }

    @Test
    void theLengthIsTheFamilys() throws IOException {
        assertThat(sockAddr.put(new InetSocketAddress("127.0.0.1", 1), AF_INET).length())
                .isEqualTo(16);
        assertThat(sockAddr.put(new InetSocketAddress("::1", 1), AF_INET6).length())
                .isEqualTo(28);
        assertThat(sockAddr.clear().length()).isEqualTo(28);
    }

    @Test
    void anIpv6SocketTakesAnIpv4AddressMapped() throws IOException {
        InetSocketAddress address = new InetSocketAddress("192.0.2.7", 80);
        InetSocketAddress back = sockAddr.put(address, AF_INET6).get();
        assertThat(sockAddr.length()).isEqualTo(28);
        assertThat(back).isEqualTo(address);
        assertThat(back.getAddress()).isInstanceOf(Inet4Address.class);
    }

    @Test
    void noAddressOfOneFamilyIsNoAddressOfTheOther() throws IOException {
        assertThat(sockAddr.put(new InetSocketAddress("0.0.0.0", 5), AF_INET6).get())
                .isEqualTo(new InetSocketAddress("::", 5));
        assertThat(sockAddr.put(new InetSocketAddress("::", 5), AF_INET).get())
                .isEqualTo(new InetSocketAddress("0.0.0.0", 5));
    }

    @Test
    void whatCannotBeExpressedIsRefused() {
        assertThatThrownBy(() -> sockAddr.put(new InetSocketAddress("::1", 80), AF_INET))
                .isInstanceOf(SocketException.class)
                .hasMessage("[0:0:0:0:0:0:0:1] is no address for an IPv4 socket");
        assertThatThrownBy(() -> sockAddr.put(InetSocketAddress.createUnresolved("nowhere.invalid", 80), AF_INET))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("[nowhere.invalid] has no address");
    }

    @Test
    void anotherFamilysAddressIsRefused() throws IOException {
        sockAddr.put(new InetSocketAddress("127.0.0.1", 80), AF_UNIX);
        assertThatThrownBy(sockAddr::get).isInstanceOf(SocketException.class).hasMessageContaining("[1]");
    }
}
