// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/clientexamples.h"

#include "widgets/connection/programexamples.h"

#include <QCoreApplication>
#include <QUrl>

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ClientExamples", source);
}

QString serviceName(const ConnectionDetails &details)
{
    return details.host.section(QLatin1Char('.'), 0, 0);
}

QString kubectl(const ConnectionDetails &details, const KubectlTarget &target)
{
    return QStringLiteral("%1 -n %2").arg(kubectlFor(target), details.nameSpace);
}

/// Puts the password into the environment; a command line is read by every user of the machine.
QString passwordLines(const ConnectionDetails &details, const KubectlTarget &target)
{
    return QStringLiteral("export NATS_PASSWORD=\"$(%1 \\\n"
                          "  get secret %2 \\\n"
                          "  -o jsonpath='{.data.password}' | base64 -d)\"\n")
        .arg(kubectl(details, target), details.secretName);
}

/// Of one account in one cluster, topic after topic.
class Examples final {
public:
    Examples(const ConnectionDetails &details, const KubectlTarget &target)
        : m_details(details)
        , m_target(target)
    {
    }

    QList<ClientExample> all()
    {
        addCli();
        addProgram(QStringLiteral("Node.js"), QStringLiteral("publish.mjs"), ProgramExamples::nodeJs(m_details),
            QStringLiteral("npm install nats@2.29.3\nnode publish.mjs"));
        addProgram(QStringLiteral("Go"), QStringLiteral("publish.go"), ProgramExamples::go(m_details),
            QStringLiteral("go mod init publish\n"
                           "go get github.com/nats-io/nats.go@v1.49.0\n"
                           "go run publish.go"));
        addProgram(QStringLiteral("Python"), QStringLiteral("publish.py"), ProgramExamples::python(m_details),
            QStringLiteral("python3 -m venv .venv\n"
                           ".venv/bin/pip install nats-py==2.16.0\n"
                           ".venv/bin/python publish.py"));
        addProgram(QStringLiteral("C"), QStringLiteral("publish.c"), ProgramExamples::c(m_details),
            QStringLiteral("cc publish.c -o publish -lnats\n./publish"),
            text("It takes cnats (libnats-dev on Debian and Ubuntu)."));
        if (!m_details.webSocketUrl.isEmpty())
            addBrowser();
        addDeployment();
        return m_examples;
    }

private:
    void add(const ClientExample &example) { m_examples.append(example); }

    void addForwarding(const QString &topic)
    {
        add({topic, text("First forward the port"),
            text("In a terminal of its own: it goes on until Ctrl+C. Takes kubectl and the right to forward ports. A "
                 "program inside the cluster needs none: its server is %1.")
                .arg(serverUrl(m_details)),
            QStringLiteral("%1 \\\n  port-forward svc/%2 %3")
                .arg(kubectl(m_details, m_target), serviceName(m_details), QString::number(m_details.port))});
    }

    QString forwardedUrl() const { return QStringLiteral("nats://localhost:%1").arg(m_details.port); }

    void addCli()
    {
        const QString topic = QStringLiteral("NATS CLI");
        addForwarding(topic);
        add({topic, text("Then publish"),
            text("In another terminal, once the first says “Forwarding from”; with the right to read the Secret. The "
                 "CLI comes by go install github.com/nats-io/natscli/nats@v0.5.1"),
            passwordLines(m_details, m_target)
                + QStringLiteral("nats --server %1 --user %2 \\\n  pub orders.new hello")
                      .arg(forwardedUrl(), shellQuoted(m_details.username))});
    }

    void addProgram(const QString &topic, const QString &fileName, const QString &code, const QString &run,
        const QString &needs = {})
    {
        addForwarding(topic);
        add({topic, text("Save as %1").arg(fileName),
            text("Connects to NATS_URL; inside the cluster, where that is not set, to the runtime itself."), code,
            fileName});
        const QString note = text("In that folder, in another terminal; with the right to read the Secret.");
        add({topic, text("Then run it"), needs.isEmpty() ? note : note + QLatin1Char(' ') + needs,
            passwordLines(m_details, m_target) + QStringLiteral("export NATS_URL=%1\n").arg(forwardedUrl()) + run});
    }

    void addBrowser()
    {
        const QString topic = text("Browser");
        add({topic, text("First forward the port"), webSocketHint(m_details),
            webSocketForwarding(m_details, m_target)});
        add({topic, text("Save as index.html"),
            text("Asks for the password, which has no place in a page's source. Behind an Ingress the server is its "
                 "wss:// address."),
            ProgramExamples::browserPage(m_details), QStringLiteral("index.html")});
        add({topic, text("Then serve it"), text("In that folder, in another terminal; open http://localhost:8000."),
            QStringLiteral("npm install nats.ws@1.30.3\npython3 -m http.server 8000 --bind 127.0.0.1")});
    }

    void addDeployment()
    {
        const QString topic = text("Deployment");
        const QString fileName = QStringLiteral("publisher.yaml");
        add({topic, text("Save as %1").arg(fileName),
            text("Mounts Secret %1 as a Service Binding: its files are host, port, username, password and uri. A "
                 "workload in another namespace needs a copy of the Secret there.")
                .arg(m_details.secretName),
            ProgramExamples::deployment(m_details), fileName});
        add({topic, text("Then apply it"), text("In that folder; with the right to create Deployments."),
            QStringLiteral("%1 \\\n  apply -f %2\n%1 \\\n  rollout status deployment/orders-publisher")
                .arg(kubectl(m_details, m_target), fileName)});
    }

    ConnectionDetails m_details;
    KubectlTarget m_target;
    QList<ClientExample> m_examples;
};

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
    return Examples(details, target).all();
}
