package dev.banyan.workspaces.sso;

import module java.base;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import dev.banyan.platform.TestCertificate;

/// A directory over real TLS on this machine, with a certificate that nobody else trusts.
public final class FakeDirectory implements AutoCloseable {

    static final String READER = "cn=reader,dc=office,dc=example";
    public static final String READER_PASSWORD = "reads everything";
    private static final String BASE = "dc=office,dc=example";

    /// What entries of people have in Active Directory.
    private static final String[] NAMED_GROUPS = {
        "dn: cn=schema",
        "objectClass: top",
        "objectClass: ldapSubEntry",
        "objectClass: subschema",
        "cn: schema",
        "attributeTypes: ( 1.2.840.113556.1.2.102 NAME 'memberOf' EQUALITY distinguishedNameMatch"
                + " SYNTAX 1.3.6.1.4.1.1466.115.121.1.12 )",
        "objectClasses: ( 1.2.840.113556.1.5.999 NAME 'namesGroups' SUP top AUXILIARY MAY memberOf )"
    };

    private final InMemoryDirectoryServer server;
    private final String certificate;
    private String listener = "ldaps";

    public FakeDirectory() {
        try {
            var own = TestCertificate.next();
            certificate = own.pem();
            var tls = own.tls();
            var config = new InMemoryDirectoryServerConfig(BASE);
            config.setSchema(
                    Schema.mergeSchemas(Schema.getDefaultStandardSchema(), new Schema(new Entry(NAMED_GROUPS))));
            config.setEqualityIndexAttributes("uid", "member");
            InetAddress here = InetAddress.getByName("127.0.0.1");
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPSConfig(
                            "ldaps", here, 0, tls.createSSLServerSocketFactory(), tls.createSSLSocketFactory()),
                    InMemoryListenerConfig.createLDAPSConfig(
                            "moved", here, 0, tls.createSSLServerSocketFactory(), tls.createSSLSocketFactory()),
                    InMemoryListenerConfig.createLDAPConfig("starttls", here, 0, tls.createSSLSocketFactory()));
            config.addAdditionalBindCredentials(READER, READER_PASSWORD);
            server = new InMemoryDirectoryServer(config);
            add("dn: " + BASE, "objectClass: domain", "dc: office");
            add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
            add("dn: ou=groups," + BASE, "objectClass: organizationalUnit", "ou: groups");
            server.startListening();
        } catch (LDAPException | LDIFException | GeneralSecurityException | IOException failure) {
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
                "objectClass: namesGroups",
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

    /// Makes a group a member of another one.
    public void nest(String inner, String outer) {
        modify(group(outer), new Modification(ModificationType.ADD, "member", group(inner)));
    }

    /// Sets the groups that the entry of a person names, as Active Directory does: only those that the person is in.
    public void name(String uid, String... groups) {
        modify(
                "uid=" + uid + ",ou=people," + BASE,
                new Modification(
                        ModificationType.REPLACE,
                        "memberOf",
                        Stream.of(groups).map(FakeDirectory::group).toArray(String[]::new)));
    }

    private static String group(String name) {
        return "cn=" + name + ",ou=groups," + BASE;
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

    /// Is at another port from now on.
    public void move() {
        listener = "moved";
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
                Map.entry("port", server.getListenPort(tls.equals("ldaps") ? listener : tls)),
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
