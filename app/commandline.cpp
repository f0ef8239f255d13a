// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "app/identity.h"

#include <QCommandLineParser>
#include <QRegularExpression>

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
        tr("Namespace of the messaging runtime (default: pennant-messaging)."), tr("namespace")};
    QCommandLineOption scheme{
        QStringLiteral("scheme"), tr("Colours: light, dark, or auto for the desktop's."), tr("scheme")};
    QCommandLineOption readOnly{QStringLiteral("read-only"), tr("Change nothing on any cluster.")};
};

bool isNamespaceName(const QString &name)
{
    // RFC 1123 label, as the API server checks it.
    static const QRegularExpression label(QStringLiteral("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"));
    return label.match(name).hasMatch();
}

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
        if (!isNamespaceName(line.nameSpace)) {
            return fail(Error::Kind::Invalid,
                tr("\"%1\" can't be a namespace: only a-z, 0-9 and hyphens, at most 63.").arg(line.nameSpace));
        }
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
