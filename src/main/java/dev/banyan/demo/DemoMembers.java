package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MemberScope;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.people.SampleMembers;
import dev.banyan.accounts.signin.Registrations;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import jakarta.inject.Singleton;

/// The people who work for the sample agency. Their passwords are not kept; the operator
/// can reset one. People who exist already are left alone.
@Singleton
record DemoMembers(Registrations registrations, LoginSessions sessions, SampleMembers members) {

    private record Person(String email, String username, String name, MemberRights rights) {}

    private static final List<Person> PEOPLE = List.of(
            new Person("sara@creative.example", "sara-khoury", "Sara Khoury", MemberRights.OWNER),
            new Person(
                    "jonas@creative.example",
                    "jonas-weber",
                    "Jonas Weber",
                    new MemberRights(MemberRole.MANAGER, MemberScope.ALL, true)),
            new Person("mei@creative.example", "mei-tanaka", "Mei Tanaka", MemberRights.MANAGER));
    private static final String INVITED = "lucia@creative.example";

    void fill(AccountContext agency, Supplier<String> newPassword) {
        for (Person person : PEOPLE) {
            var registered = registrations.create(
                    Actor.SERVER, person.email(), person.username(), person.name(), newPassword.get(), true);
            if (registered instanceof Registrations.Registered.Welcome welcome) {
                members.join(agency, person.email(), person.rights());
                sessions.close(new Caller.SignedIn(
                        welcome.identity(), Digests.sha256Hex(welcome.session().token())));
            }
        }
        members.invite(agency, INVITED, MemberRights.MANAGER);
    }
}
