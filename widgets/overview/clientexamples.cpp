// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/clientexamples.h"

#include <QCoreApplication>
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

QString scriptQuoted(QString value)
{
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + value + QLatin1Char('"');
}

QString kubectl(const ConnectionDetails &details, const KubectlTarget &target)
{
    return QStringLiteral("%1 -n %2").arg(kubectlFor(target), details.nameSpace);
}

ClientExample natsForwarding(const ConnectionDetails &details, const KubectlTarget &target)
{
    return {text("NATS CLI, first the port"),
        text("From this workstation, with kubectl and the right to forward ports, in a terminal of its own: it goes on "
             "until Ctrl+C. A program inside the cluster needs no forwarding: its server is %1.")
            .arg(serverUrl(details)),
        QStringLiteral("%1 \\\n"
                       "  port-forward svc/%2 %3")
            .arg(kubectl(details, target), serviceName(details), QString::number(details.port))};
}

ClientExample natsCli(const ConnectionDetails &details, const KubectlTarget &target)
{
    return {text("NATS CLI, then the client"),
        text("In another terminal, once the first says “Forwarding from”; with the right to read the Secret."),
        QStringLiteral("export NATS_PASSWORD=\"$(%1 \\\n"
                       "  get secret %2 \\\n"
                       "  -o jsonpath='{.data.password}' | base64 -d)\"\n"
                       "nats --server nats://localhost:%3 --user %4 \\\n"
                       "  --password \"$NATS_PASSWORD\" \\\n"
                       "  pub orders.new hello")
            .arg(kubectl(details, target), details.secretName, QString::number(details.port),
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

ClientExample browserForwarding(const ConnectionDetails &details, const KubectlTarget &target)
{
    return {text("Browser, first the port"), webSocketHint(details), webSocketForwarding(details, target)};
}

ClientExample browser(const ConnectionDetails &details)
{
    return {text("Browser, then the client"),
        text("npm install nats.ws; asks for the password, which has no place in a page's source."),
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
    return text("Reachable inside the cluster only. From a browser elsewhere: ws://localhost:%1 while the port is "
                "forwarded by this command, or an Ingress with TLS.")
        .arg(QUrl(details.webSocketUrl).port());
}

QString webSocketForwarding(const ConnectionDetails &details, const KubectlTarget &target)
{
    return QStringLiteral("%1 port-forward svc/%2 %3")
        .arg(kubectl(details, target), serviceName(details), QString::number(QUrl(details.webSocketUrl).port()));
}

QList<ClientExample> clientExamples(const ConnectionDetails &details, const KubectlTarget &target)
{
    QList<ClientExample> examples{natsForwarding(details, target), natsCli(details, target), nodeJs(details)};
    if (!details.webSocketUrl.isEmpty())
        examples << browserForwarding(details, target) << browser(details);
    return examples;
}
