// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "app/identity.h"
#include "services/domain/namespacename.h"

#include <QCommandLineParser>

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

struct Options {
    QCommandLineOption kubeconfig{QStringLiteral("kubeconfig"),
        tr("Read clusters from this file instead of KUBECONFIG and ~/.kube/config. May be given more than once."),
        tr("file")};
    QCommandLineOption context{QStringLiteral("context"), tr("Open this context."), tr("name")};
    QCommandLineOption tab{
        QStringLiteral("tab"), tr("Show this tab: %1.").arg(tabNames().join(QStringLiteral(", "))), tr("name")};
    QCommandLineOption nameSpace{QStringLiteral("namespace"),
        tr("Namespace of the messaging runtime (default: where the cluster has one, else pennant-messaging)."),
        tr("namespace")};
    QCommandLineOption scheme{
        QStringLiteral("scheme"), tr("Colours: light, dark, or auto for the desktop's."), tr("scheme")};
    QCommandLineOption readOnly{QStringLiteral("read-only"), tr("Change nothing on any cluster.")};
};

Result<std::optional<Look::Scheme>> schemeFrom(const QString &name)
{
    if (name.isEmpty() || name == QLatin1String("auto"))
        return std::nullopt;
    if (name == QLatin1String("light"))
        return Look::Scheme::Light;
    if (name == QLatin1String("dark"))
        return Look::Scheme::Dark;
    return fail(Error::Kind::Invalid, tr("There is no scheme \"%1\". Choose light, dark or auto.").arg(name));
}

Result<CommandLine> read(const QCommandLineParser &parser, const Options &options)
{
    CommandLine line;
    line.kubeconfigFiles = parser.values(options.kubeconfig);
    line.context = parser.value(options.context);
    line.isReadOnly = parser.isSet(options.readOnly);
    if (parser.isSet(options.tab)) {
        line.tab = tabNamed(parser.value(options.tab));
        if (!line.tab) {
            return fail(Error::Kind::Invalid,
                tr("There is no tab \"%1\". Choose one of %2.")
                    .arg(parser.value(options.tab), tabNames().join(QStringLiteral(", "))));
        }
    }
    if (parser.isSet(options.nameSpace)) {
        line.nameSpace = parser.value(options.nameSpace);
        const QString problem = namespaceNameProblem(line.nameSpace);
        if (!problem.isEmpty())
            return fail(Error::Kind::Invalid, problem);
    }
    const Result<std::optional<Look::Scheme>> scheme = schemeFrom(parser.value(options.scheme));
    if (!scheme)
        return fail(scheme.error());
    line.scheme = *scheme;
    return line;
}

} // namespace

Result<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(QLatin1String(PENNANT_SUMMARY));
    parser.addOptions(
        {options.kubeconfig, options.context, options.tab, options.nameSpace, options.scheme, options.readOnly});
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    if (!parser.parse(arguments))
        return fail(Error::Kind::Invalid, parser.errorText());
    if (!parser.positionalArguments().isEmpty()) {
        return fail(Error::Kind::Invalid,
            tr("Nothing is known to do with \"%1\". See --help.").arg(parser.positionalArguments().first()));
    }
    CommandLine line;
    if (parser.isSet(help))
        line.answer = parser.helpText();
    else if (parser.isSet(version))
        line.answer = QStringLiteral(PENNANT_DISPLAY_NAME " " PENNANT_VERSION "\n");
    else
        return read(parser, options);
    return line;
}
