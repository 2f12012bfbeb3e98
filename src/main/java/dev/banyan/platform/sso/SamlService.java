package dev.banyan.platform.sso;

import dev.banyan.platform.Markup;

/// We, as a SAML provider knows us.
///
/// @param entityId the address of our metadata
/// @param answersTo where browsers bring the provider’s answers
public record SamlService(String entityId, String answersTo) {

    /// Returns the metadata that the provider reads.
    public String metadata() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <md:EntityDescriptor xmlns:md="%s" entityID="%s">
                  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" \
                protocolSupportEnumeration="%s">
                    <md:NameIDFormat>%s</md:NameIDFormat>
                    <md:AssertionConsumerService Binding="%s" Location="%s" index="0" isDefault="true"/>
                  </md:SPSSODescriptor>
                </md:EntityDescriptor>
                """.formatted(
                        SamlNames.METADATA,
                        Markup.escaped(entityId),
                        SamlNames.PROTOCOL,
                        SamlNames.PERSISTENT,
                        SamlNames.POST,
                        Markup.escaped(answersTo));
    }
}
