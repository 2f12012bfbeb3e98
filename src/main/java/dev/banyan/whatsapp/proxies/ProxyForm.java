package dev.banyan.whatsapp.proxies;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.whatsapp.access.FormNumbers;

/// The fields of a proxy, as typed.
///
/// @param password sealed where the form is drawn again
record ProxyForm(
        String name,
        String kind,
        String host,
        String port,
        String user,
        String password,
        String noPassword,
        String capacity,
        String enabled) {

    static final ProxyForm EMPTY = new ProxyForm("", "socks5", "", "", "", "", "", "1", "true");

    /// Keeps the password out of logs.
    @Override
    public String toString() {
        return "ProxyForm[" + name + "]";
    }

    static ProxyForm read(FormFields fields) {
        return new ProxyForm(
                fields.first("name"),
                fields.first("kind"),
                fields.first("host"),
                fields.first("port"),
                fields.first("user"),
                fields.first("proxyPassword"),
                fields.first("noPassword"),
                fields.first("capacity"),
                fields.first("enabled"));
    }

    ProxyForm with(String password) {
        return new ProxyForm(name, kind, host, port, user, password, noPassword, capacity, enabled);
    }

    static ProxyForm of(Proxy proxy) {
        return new ProxyForm(
                proxy.name(),
                proxy.kind().key(),
                proxy.host(),
                String.valueOf(proxy.port()),
                proxy.user(),
                "",
                "",
                String.valueOf(proxy.capacity()),
                proxy.enabled() ? "true" : "");
    }

    public boolean on() {
        return enabled.equals("true");
    }

    public boolean withoutPassword() {
        return noPassword.equals("true");
    }

    public List<Choice> kinds() {
        return Stream.of(Proxy.Kind.values())
                .map(each -> new Choice(each.key(), each.key().toUpperCase(Locale.ROOT)))
                .toList();
    }

    /// @param broken receives the errors of numbers
    ProxyRequest request(List<Invalid> broken) {
        return new ProxyRequest(
                Optional.of(name),
                Optional.of(kind),
                Optional.of(host),
                FormNumbers.needed("port", "Port", port, broken),
                Optional.of(user),
                withoutPassword() ? Optional.of("") : Optional.of(password).filter(typed -> !typed.isEmpty()),
                FormNumbers.needed("capacity", "Numbers", capacity, broken),
                Optional.of(on()));
    }
}
