package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.web.gate.BodyDoor;
import jakarta.inject.Singleton;

/// Lets browsers bring the answer of a SAML provider, which is long for people in many groups, to an account that has
/// one for its members.
@Singleton
final class MemberSamlDoor implements BodyDoor {

    private static final Pattern ACS = Pattern.compile(MemberDoors.PATH + "/([^/]+)/acs");

    private final MemberDoors doors;

    MemberSamlDoor(MemberDoors doors) {
        this.doors = doors;
    }

    @Override
    public boolean leads(String path) {
        return ACS.matcher(path).matches();
    }

    @Override
    public Optional<String> owner(String path) {
        Matcher acs = ACS.matcher(path);
        return acs.matches()
                ? doors.find(acs.group(1))
                        .filter(door -> door.provider() instanceof SsoProvider.Saml)
                        .map(door -> "saml " + door.account().id())
                : Optional.empty();
    }
}
