package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.http.OutboundAddress;

/// A mail server as someone enters it.
///
/// @param port empty: the usual one
/// @param security a key of [MailSecurity]
/// @param password empty to keep the stored one
public record MailServerInput(
        String host,
        Optional<Integer> port,
        String security,
        String user,
        Optional<String> password,
        String from,
        String fromName) {

    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]*");
    private static final int LONGEST_PASSWORD = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_USER = 254;

    /// Returns what is wrong, by field.
    public List<Invalid> invalid() {
        var invalid = new ArrayList<Invalid>();
        if (OutboundAddress.host(host).isEmpty()) {
            invalid.add(new Invalid(
                    "host",
                    "host must be a host name such as smtp.example.com",
                    "Enter a host such as smtp.example.com."));
        }
        if (port.filter(one -> !OutboundAddress.isPort(one)).isPresent()) {
            invalid.add(new Invalid("port", "port must be from 1 to 65535", "Enter a port from 1 to 65535."));
        }
        Optional<MailSecurity> encryption = MailSecurity.of(security);
        if (encryption.isEmpty()) {
            invalid.add(new Invalid("security", "security must be tls, starttls or none", "Choose the encryption."));
        }
        if (user.length() > LONGEST_USER || !LINE.matcher(user).matches()) {
            invalid.add(new Invalid(
                    "user",
                    "user must be a line of up to 254 characters",
                    "Enter a username of up to 254 characters."));
        } else if (!user.isBlank()
                && encryption.filter(one -> one == MailSecurity.NONE).isPresent()) {
            invalid.add(new Invalid(
                    "security",
                    "A password is sent over encrypted connections only",
                    "Choose an encryption. Without one, no password is sent: leave the username empty."));
        }
        if (password.filter(text -> text.length() > LONGEST_PASSWORD
                        || text.isEmpty()
                        || !LINE.matcher(text).matches())
                .isPresent()) {
            invalid.add(new Invalid(
                    "password",
                    "password must be a line of 1 to 500 characters",
                    "Enter a password of up to 500 characters."));
        }
        if (!MailAddress.isValid(from)) {
            invalid.add(new Invalid(
                    "from", "from must look like name@example.com", "Enter an address such as name@example.com."));
        }
        if (fromName.length() > LONGEST_NAME || !LINE.matcher(fromName).matches()) {
            invalid.add(new Invalid(
                    "fromName", "fromName must be a line of up to 100 characters", "Enter up to 100 characters."));
        }
        return List.copyOf(invalid);
    }
}
