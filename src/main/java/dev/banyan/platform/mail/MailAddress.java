package dev.banyan.platform.mail;

import module java.base;

/// What an email address looks like: as browsers take it, with a dot in its domain.
public final class MailAddress {

    public static final int LONGEST = 254;

    private static final Pattern FORM = Pattern.compile(
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+");

    private MailAddress() {}

    public static boolean isValid(String typed) {
        String address = typed.strip();
        return address.length() <= LONGEST && FORM.matcher(address).matches();
    }
}
