// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/environmentproxy.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <algorithm>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(EnvironmentProxy)
};

struct Target {
    QString host;
    QHostAddress address; ///< null where the host is a name
    int port = 0;
};

/// "host:port" taken apart; `port` is 0 where there is none, and the brackets around an IPv6 address go.
struct HostAndPort {
    QString host;
    int port = 0;
};

HostAndPort hostAndPort(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    const bool isBracketed = text.startsWith(u'[');
    const bool hasPort = isBracketed ? colon > text.indexOf(u']') : colon >= 0 && text.indexOf(u':') == colon;
    HostAndPort result{hasPort ? text.left(colon) : text, hasPort ? text.mid(colon + 1).toInt() : 0};
    if (isBracketed && result.host.endsWith(u']'))
        result.host = result.host.mid(1, result.host.size() - 2);
    return result;
}

/// Whether one entry of NO_PROXY names the server.
bool isNamedBy(const QString &entry, const Target &target)
{
    if (entry == QLatin1String("*"))
        return true;
    if (entry.contains(u'/')) {
        const auto network = QHostAddress::parseSubnet(entry);
        return !network.first.isNull() && !target.address.isNull() && target.address.isInSubnet(network);
    }
    const auto [host, port] = hostAndPort(entry);
    if (host.isEmpty() || (port != 0 && port != target.port))
        return false;
    if (const QHostAddress address(host); !address.isNull())
        return target.address.isEqual(address);
    const QString name = host.startsWith(QLatin1String("*.")) ? host.mid(1) : host;
    const bool isDomainOnly = name.startsWith(u'.');
    return isDomainOnly ? target.host.endsWith(name) : target.host == name || target.host.endsWith(u'.' + name);
}

QString valueOf(const QProcessEnvironment &environment, const QString &name)
{
    const QString value = environment.value(name);
    return value.isEmpty() ? environment.value(name.toLower()) : value;
}

bool isDirect(const QUrl &server, const QProcessEnvironment &environment)
{
    const bool isEncrypted = server.scheme() == QLatin1String("https");
    const QString host = server.host(QUrl::FullyEncoded).toLower();
    const Target target{host, QHostAddress(host), server.port(isEncrypted ? 443 : 80)};
    if (target.host == QLatin1String("localhost") || target.address.isLoopback())
        return true;
    const QStringList entries = valueOf(environment, QStringLiteral("NO_PROXY")).toLower().split(u',');
    return std::any_of(
        entries.begin(), entries.end(), [&target](const QString &entry) { return isNamedBy(entry.trimmed(), target); });
}

} // namespace

Result<QUrl> environmentProxy(const QUrl &server, const QProcessEnvironment &environment)
{
    const bool isEncrypted = server.scheme() == QLatin1String("https");
    const QString variable = isEncrypted ? QStringLiteral("HTTPS_PROXY") : QStringLiteral("HTTP_PROXY");
    const QString value = valueOf(environment, variable).trimmed();
    if (value.isEmpty() || isDirect(server, environment))
        return QUrl();
    const QUrl proxy(value.contains(QLatin1String("://")) ? value : QStringLiteral("http://") + value);
    static const QStringList known{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("socks5")};
    const bool isKnown = known.contains(proxy.scheme());
    if (!proxy.isValid() || proxy.host().isEmpty() || !isKnown) {
        return fail(Error::Kind::Invalid,
            Text::tr("The environment variable %1 names a proxy that Pennant cannot use: http://, https:// or "
                     "socks5:// is needed. "
                     "Change it, or list the API server %2 in NO_PROXY, and start Pennant again.")
                .arg(variable, server.authority()));
    }
    return proxy;
}
