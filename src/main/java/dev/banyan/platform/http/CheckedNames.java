package dev.banyan.platform.http;

import module java.base;
import com.unboundid.ldap.sdk.NameResolver;
import org.jspecify.annotations.Nullable;

/// Leads to the addresses that were checked, and no others.
public final class CheckedNames extends NameResolver {

    private final InetAddress[] addresses;

    public CheckedNames(List<InetAddress> addresses) {
        this.addresses = addresses.toArray(InetAddress[]::new);
    }

    @Override
    public InetAddress getByName(@Nullable String host) {
        return addresses[0];
    }

    @Override
    public InetAddress[] getAllByName(@Nullable String host) {
        return addresses.clone();
    }

    @Override
    public void toString(StringBuilder text) {
        text.append("CheckedNames()");
    }
}
