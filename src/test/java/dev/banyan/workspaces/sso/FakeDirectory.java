package dev.banyan.workspaces.sso;

import module java.base;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import dev.banyan.platform.TestCertificate;

/// A directory over real TLS on this machine, with a certificate that nobody else trusts.
public final class FakeDirectory implements AutoCloseable {

    static final String READER = "cn=reader,dc=office,dc=example";
    public static final String READER_PASSWORD = "reads everything";
    private static final String BASE = "dc=office,dc=example";

    private final InMemoryDirectoryServer server;
    private final String certificate;

    public FakeDirectory() {
        try {
            var own = TestCertificate.next();
            certificate = own.pem();
            var tls = own.tls();
            var config = new InMemoryDirectoryServerConfig(BASE);
            config.setEqualityIndexAttributes("uid", "member");
            InetAddress here = InetAddress.getByName("127.0.0.1");
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPSConfig(
                            "ldaps", here, 0, tls.createSSLServerSocketFactory(), tls.createSSLSocketFactory()),
                    InMemoryListenerConfig.createLDAPConfig("starttls", here, 0, tls.createSSLSocketFactory()));
            config.addAdditionalBindCredentials(READER, READER_PASSWORD);
            server = new InMemoryDirectoryServer(config);
            add("dn: " + BASE, "objectClass: domain", "dc: office");
            add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
            add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
            server.startListening();
        } catch (LDAPException | GeneralSecurityException | IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void add(String... lines) {
        try {
            server.add(lines);
        } catch (LDAPException | LDIFException failure) {
            throw new AssertionError(failure);
        }
    }

    void person(String uid, String password) {
        person(uid, password, uid + "@office.example");
    }

    public void person(String uid, String password, String mail) {
        add(
                "dn: uid=" + uid + ",ou=people," + BASE,
                "objectClass: inetOrgPerson",
                "uid: " + uid,
                "cn: " + uid,
                "sn: Someone",
                "mail: " + mail,
                "userPassword: " + password);
    }

    public void group(String name, String... uids) {
        var lines = new java.util.ArrayList<>(
                List.of("dn: cn=" + name + ",ou=groups," + BASE, "objectClass: groupOfNames", "cn: " + name));
        for (String uid : uids) {
            lines.add("member: uid=" + uid + ",ou=people," + BASE);
        }
        add(lines.toArray(String[]::new));
    }

    public void leave(String group, String uid) {
        change(ModificationType.DELETE, group, uid);
    }

    public void join(String group, String uid) {
        change(ModificationType.ADD, group, uid);
    }

    /// Sets the description of a person.
    public void describe(String uid, String text) {
        modify("uid=" + uid + ",ou=people," + BASE, new Modification(ModificationType.REPLACE, "description", text));
    }

    private void change(ModificationType how, String group, String uid) {
        modify(
                "cn=" + group + ",ou=groups," + BASE,
                new Modification(how, "member", "uid=" + uid + ",ou=people," + BASE));
    }

    private void modify(String dn, Modification change) {
        try {
            server.modify(dn, change);
        } catch (LDAPException failure) {
            throw new AssertionError(failure);
        }
    }

    public void remove(String uid) {
        try {
            server.delete("uid=" + uid + ",ou=people," + BASE);
        } catch (LDAPException failure) {
            throw new AssertionError(failure);
        }
    }

    public void stop() {
        server.shutDown(true);
    }

    String certificate() {
        return certificate;
    }

    /// @param tls `ldaps` or `starttls`
    public Map<String, Object> settings(String tls) {
        return Map.ofEntries(
                Map.entry("kind", "ldap"),
                Map.entry("host", "127.0.0.1"),
                Map.entry("port", server.getListenPort(tls)),
                Map.entry("tls", tls),
                Map.entry("certificate", certificate),
                Map.entry("bindDn", READER),
                Map.entry("bindPassword", READER_PASSWORD),
                Map.entry("baseDn", BASE),
                Map.entry("groupFilter", "(member={dn})"),
                Map.entry("roles", Map.of("Bosses", "admin", "sellers", "agent")));
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
