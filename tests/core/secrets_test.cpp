// SPDX-License-Identifier: Apache-2.0
#include "agent/core/secrets.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

TEST_CASE("secrets: values of passwords, keys and hashes are hidden, whoever writes them") {
    for (const char* line :
         {"    wpa-psk S3CR3T", "psk=S3CR3T", "        password: \"S3CR3T\"", "WPA_PSK='S3CR3T'",
          "//h/s /m cifs user=a,password=S3CR3T,ro 0 0", "password --md5 $1$S3CR3T$x",
          "password_pbkdf2 root grub.pbkdf2.sha512.10000.S3CR3T", "private-key-password=S3CR3T",
          "root:$6$S3CR3T$abc/def.:19000:0:99999:7:::", "  key: S3CR3T", "api_key = S3CR3T",
          "+passphrase S3CR3T"}) {
        INFO(line);
        CHECK(without_secrets(line).find("S3CR3T") == std::string::npos);
        CHECK(without_secrets(line).find("(hidden)") != std::string::npos);
    }
}

TEST_CASE("secrets: what is no secret stays as it is, and lines stay lines") {
    const std::string text =
        "auto eth0\niface eth0 inet dhcp\n\n# keyboard: us\nPasswordAuthentication no\n"
        "AuthorizedKeysFile .ssh/authorized_keys\nUUID=1b2c / ext4 defaults 0 1\nkey-mgmt=none\n";
    CHECK(without_secrets(text) == text);
    CHECK(without_secrets("a\nb") == "a\nb");
}

}  // namespace
}  // namespace guestprep
