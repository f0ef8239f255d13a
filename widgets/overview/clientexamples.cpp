// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/clientexamples.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ClientExamples", source);
}

QString serverUrl(const ConnectionDetails &details)
{
    return QStringLiteral("nats://%1:%2").arg(details.host).arg(details.port);
}

QString serviceName(const ConnectionDetails &details)
{
    return details.host.section(QLatin1Char('.'), 0, 0);
}

/// For a POSIX shell: what isn't plain stands between single quotes, where everything is taken as it is.
QString shellQuoted(QString value)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_.-]+$"));
    if (plain.match(value).hasMatch())
        return value;
    return QLatin1Char('\'') + value.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

QString scriptQuoted(QString value)
{
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + value + QLatin1Char('"');
}

ClientExample natsCli(const ConnectionDetails &details)
{
    return {text("NATS CLI"),
        text("From this workstation, with kubectl and the rights to forward ports and to read the Secret. A program "
             "inside the cluster needs no forwarding: its server is %1.")
            .arg(serverUrl(details)),
        QStringLiteral("kubectl -n %1 port-forward svc/%2 %3 &\n"
                       "export NATS_PASSWORD=\"$(kubectl -n %1 \\\n"
                       "  get secret %4 \\\n"
                       "  -o jsonpath='{.data.password}' | base64 -d)\"\n"
                       "nats --server nats://localhost:%3 --user %5 \\\n"
                       "  --password \"$NATS_PASSWORD\" \\\n"
                       "  pub orders.new hello")
            .arg(details.nameSpace, serviceName(details), QString::number(details.port), details.secretName,
                shellQuoted(details.username))};
}

ClientExample nodeJs(const ConnectionDetails &details)
{
    return {text("Node.js"), text("npm install nats; in an .mjs file, with NATS_PASSWORD set from the Secret."),
        QStringLiteral("import { connect } from \"nats\";\n"
                       "\n"
                       "const nc = await connect({\n"
                       "  servers: %1,\n"
                       "  user: %2,\n"
                       "  pass: process.env.NATS_PASSWORD,\n"
                       "});\n"
                       "nc.publish(\"orders.new\", \"hello\");\n"
                       "await nc.drain();")
            .arg(scriptQuoted(serverUrl(details)), scriptQuoted(details.username))};
}

ClientExample browser(const ConnectionDetails &details)
{
    const QString note = text("npm install nats.ws; asks for the password, which has no place in a page's source.");
    return {text("Browser"), note + QLatin1Char(' ') + webSocketHint(details),
        QStringLiteral("import { connect } from \"nats.ws\";\n"
                       "\n"
                       "const nc = await connect({\n"
                       "  servers: %1,\n"
                       "  user: %2,\n"
                       "  pass: prompt(\"NATS password\"),\n"
                       "});\n"
                       "nc.publish(\"orders.new\", \"hello\");\n"
                       "await nc.drain();")
            .arg(scriptQuoted(details.webSocketUrl), scriptQuoted(details.username))};
}

} // namespace

QString webSocketHint(const ConnectionDetails &details)
{
    return text("Reachable inside the cluster only. From a browser elsewhere: kubectl -n %1 port-forward svc/%2 %3 and "
                "ws://localhost:%3, or an Ingress with TLS.")
        .arg(details.nameSpace, serviceName(details))
        .arg(QUrl(details.webSocketUrl).port());
}

QList<ClientExample> clientExamples(const ConnectionDetails &details)
{
    QList<ClientExample> examples{natsCli(details), nodeJs(details)};
    if (!details.webSocketUrl.isEmpty())
        examples.append(browser(details));
    return examples;
}
