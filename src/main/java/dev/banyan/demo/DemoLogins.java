package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.operator.Operators;
import dev.banyan.accounts.signin.SamplePeople;
import dev.banyan.demo.DemoFile.Login;
import dev.banyan.platform.audit.Actor;
import jakarta.inject.Singleton;

/// The operator and the agency's owner of the sample data, whose passwords [DemoFile] keeps.
@Singleton
record DemoLogins(SamplePeople people, Operators operators) {

    void plan(List<String> emails) {
        people.plan(emails);
    }

    /// Creates a person who is not there yet.
    ///
    /// @param forgotten whether their password is not known any more, and generated again
    void make(Login login, boolean forgotten, Consumer<Login> create) {
        if (!people.isMade(login.email())) {
            create.accept(login);
            people.made(login.email());
        } else if (forgotten && people.keepsPassword(login.email())) {
            operators.resetPassword(Actor.SERVER, login.email(), login.password());
            people.made(login.email());
        }
    }

    void createOperator(Login operator) {
        operators.createFirst(Actor.SERVER, operator.email(), operator.password());
    }

    /// Leaves out a password that the person has changed.
    Login withKnownPassword(Login login) {
        return people.keepsPassword(login.email()) ? login : login.withoutPassword();
    }
}
