// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

struct ConnectionDetails;

/// The programs that clientExamples() shows, each a whole file that publishes one message. They take the server from
/// NATS_URL, where that is set, and the password from NATS_PASSWORD; the page asks for it.
namespace ProgramExamples {

QString nodeJs(const ConnectionDetails &details);
QString go(const ConnectionDetails &details);
QString python(const ConnectionDetails &details);
QString c(const ConnectionDetails &details);
/// Connects to the forwarded port of this workstation.
QString browserPage(const ConnectionDetails &details);
/// A Deployment with the account's Secret as a Service Binding: https://servicebinding.io/spec/core/1.0.0/
QString deployment(const ConnectionDetails &details);

} // namespace ProgramExamples

/// "nats://host:port"
QString serverUrl(const ConnectionDetails &details);
