package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.Markup;

/// We, as a SAML provider knows us.
///
/// @param entityId the address of our metadata
/// @param answersTo where browsers bring the provider’s answers
public record SamlService(String entityId, String answersTo) {

    /// Returns the metadata that the provider reads.
    ///
    /// @param certificate of the key that signs requests, as DER in Base64
    /// @param signs whether all requests are signed. A provider that reads so takes no others
    String metadata(String certificate, boolean signs) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <md:EntityDescriptor xmlns:md="%s" entityID="%s">
                  <md:SPSSODescriptor AuthnRequestsSigned="%s" WantAssertionsSigned="true" \
                protocolSupportEnumeration="%s">
                    <md:KeyDescriptor use="signing">
                      <ds:KeyInfo xmlns:ds="%s"><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data>\
                </ds:KeyInfo>
                    </md:KeyDescriptor>
                    <md:NameIDFormat>%s</md:NameIDFormat>
                    <md:AssertionConsumerService Binding="%s" Location="%s" index="0" isDefault="true"/>
                  </md:SPSSODescriptor>
                </md:EntityDescriptor>
                """.formatted(
                        SamlNames.METADATA,
                        Markup.escaped(entityId),
                        signs,
                        SamlNames.PROTOCOL,
                        SamlNames.SIGNATURE,
                        certificate,
                        SamlNames.PERSISTENT,
                        SamlNames.POST,
                        Markup.escaped(answersTo));
    }
}
