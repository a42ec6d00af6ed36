// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/boot_ini.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

constexpr const char* kPlain =
    "[boot loader]\r\ntimeout=30\r\ndefault=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS\r\n"
    "[operating systems]\r\nmulti(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"Windows Server 2003, "
    "Standard\" /noexecute=optout /fastdetect\r\n"
    "C:\\cmdcons\\BOOTSECT.DAT=\"Recovery Console\" /cmdcons\r\n";

TEST_CASE("boot.ini: what NTLDR reads") {
    const BootIni ini(kPlain);
    CHECK(ini.str() == kPlain);
    REQUIRE(ini.entries().size() == 2);
    REQUIRE(ini.default_entry() != nullptr);
    CHECK(ini.default_entry()->line == 5);
    CHECK(ini.default_entry()->title == "Windows Server 2003, Standard");
    CHECK(ini.default_entry()->value("/noexecute") == "optout");
    CHECK(ini.default_entry()->has("/FASTDETECT"));
    CHECK_FALSE(ini.default_entry()->has("/fast"));
    CHECK(ini.entries()[1].has("/cmdcons"));
    CHECK_FALSE(ini.redirect());
    CHECK(ini.default_line() == 3);
}

TEST_CASE("boot.ini: every text comes back as it was") {
    for (const char* raw :
         {"", "\n", "[", "[]", "=", "[operating systems]\n=", "[boot loader]\nredirect",
          "[boot loader]\r\n;default=x\r\n\tDEFAULT = a = b \r\n[Operating Systems]\na\n b=\"c",
          "[operating systems]\na=\"x\"/redirect/debug", "\x1a", "default=x\n[boot loader"}) {
        const std::string text = raw;
        INFO(text);
        CHECK(BootIni(text).str() == text);
        BootIni twice(text);
        twice.switch_redirection_off();
        auto once = twice.str();
        twice.switch_redirection_off();
        CHECK(twice.str() == once);
    }
}

TEST_CASE("boot.ini: defaults that are missing, elsewhere, or two") {
    CHECK(BootIni("[operating systems]\na=\"A\"\nb=\"B\"").default_entry()->path == "a");
    const BootIni other("[boot loader]\ndefault=C\n[operating systems]\na=\"A\"\n");
    CHECK(other.default_entry() == nullptr);
    CHECK(other.default_path() == "C");
    const BootIni two("[boot loader]\ndefault=a\ndefault=b\n[operating systems]\na=A\nb=B\n");
    CHECK(two.has_two_defaults());
    CHECK(two.default_entry() == nullptr);
    CHECK_FALSE(BootIni("[boot loader]\ndefault=a\ndefault=A\n").has_two_defaults());
    // What stands in a comment, in another section or after the end of the text does not count.
    CHECK_FALSE(BootIni("[boot loader]\n;default=a\n[x]\ndefault=b\n").default_path());
    CHECK(BootIni("[operating systems]\na=A\n\x1a\nb=B\n").entries().size() == 1);
}

TEST_CASE("boot.ini: titles with slashes, with and without quotes") {
    const BootIni ini(
        "[operating systems]\na=\"x /redirect\" /debug\nb=y z /pae /safeboot:network(x)\n"
        "c=\"no end /redirect\nd\n");
    REQUIRE(ini.entries().size() == 4);
    CHECK_FALSE(ini.entries()[0].has("/redirect"));
    CHECK(ini.entries()[0].has("/debug"));
    CHECK(ini.entries()[1].title == "y z");
    CHECK(ini.entries()[1].value("/safeboot") == "network(x)");
    CHECK(ini.entries()[2].switches.empty());
    CHECK(ini.entries()[3].path == "d");
}

TEST_CASE("boot.ini: redirection is taken out, and nothing else") {
    BootIni ini(
        "[boot loader]\r\nredirect=COM1\r\nRedirectBaudRate = 115200\r\ntimeout=3\r\n"
        "[operating systems]\r\na=\"x /redirect\"\t/redirect /fastdetect\r\n"
        "b=y /pae /REDIRECT");
    CHECK(ini.redirect() == "COM1");
    CHECK(ini.redirect_line() == 2);
    ini.switch_redirection_off();
    CHECK(ini.str() ==
          "[boot loader]\r\ntimeout=3\r\n[operating systems]\r\n"
          "a=\"x /redirect\" /fastdetect\r\nb=y /pae");
    CHECK_FALSE(ini.redirect());
}

}  // namespace
}  // namespace guestprep
