// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "widgets/common/quantitytext.h"
#include "widgets/common/segmentedchoice.h"

#include <QDateTime>
#include <QHash>
#include <QJsonValue>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class DocumentControl;
class QLineEdit;
class SecretField;
class SecretString;
class SubjectPreview;

/// The controls of a form: makes them, names them as the API names their fields, and says of each when it was edited.
/// Knows nothing of how they are laid out. GUI thread.
class FormControls : public QWidget {
    Q_OBJECT

protected:
    explicit FormControls(QWidget *parent);

    /// When the problems of a control are shown: while it is typed in, or once it is left.
    enum class Judged { AtOnce, OnLeaving };

    // `name` is the API's own for the field.
    QLineEdit *addEdit(
        const QString &name, const char *objectName, const QString &placeholder = {}, Judged judged = Judged::AtOnce);
    enum class Needed { No, Yes };

    /// For a whole number up to `most`, or nothing where it isn't needed.
    QLineEdit *addNumber(const QString &name, const char *objectName, const QString &placeholder, qint64 most,
        Needed needed = Needed::No);
    /// For an amount with a unit, or nothing: number() answers in the smallest one.
    QLineEdit *addQuantity(
        const QString &name, const char *objectName, const QString &placeholder, const QuantityUnit &unit);
    /// For several of them, by commas.
    QLineEdit *addQuantities(
        const QString &name, const char *objectName, const QString &placeholder, const QuantityUnit &unit);
    /// For what is on or off.
    QCheckBox *addFlag(const QString &name, const char *objectName, const QString &text);
    /// For a list of subjects, with a preview of what they mean below it.
    QLineEdit *addSubjects(
        const QString &name, const char *objectName, const char *previewName, const QString &placeholder);
    SegmentedChoice *addChoice(const QString &name, const char *objectName);
    /// With a choice for each value of a wire enum.
    template <typename E> SegmentedChoice *addChoiceOf(const QString &name, const char *objectName)
    {
        SegmentedChoice *choice = addChoice(name, objectName);
        for (const auto &[value, wireName] : wireNames(E{}))
            choice->addChoice(QLatin1String(wireName), int(value));
        choice->setCurrentIndex(0);
        return choice;
    }
    template <typename E> static E chosen(const SegmentedChoice *choice) { return E(choice->currentData().toInt()); }
    /// The same with the API's words themselves as data.
    template <typename E> SegmentedChoice *addWordsOf(const QString &name, const char *objectName)
    {
        SegmentedChoice *choice = addChoice(name, objectName);
        for (const auto &[value, wireName] : wireNames(E{}))
            choice->addChoice(QLatin1String(wireName), QString(QLatin1String(wireName)));
        choice->setCurrentIndex(0);
        return choice;
    }
    /// For a password, typed or generated.
    SecretField *addSecret(const QString &name, const char *objectName);
    QComboBox *addCombo(const QString &name, const char *objectName);
    QDateTimeEdit *addTime(const QString &name, const char *objectName);

    /// Takes over a control of several lines, made for this form.
    void addDocument(const QString &name, const char *objectName, DocumentControl *control);

    /// What an untouched form holds there, and enters it; of others that is nothing.
    void setUsualText(QLineEdit *edit, const QString &text);
    void setUsualFlag(QCheckBox *box, bool on);
    /// By its data.
    void setUsualChoice(SegmentedChoice *choice, const QVariant &value);
    /// The same.
    void setUsualItem(QComboBox *combo, const QVariant &value);
    void setUsualTime(QDateTimeEdit *edit, const QDateTime &time);
    void setUsualDocument(DocumentControl *control, const QJsonValue &value);
    /// The control (whatever kind but a password) holds what an untouched form holds there.
    bool isAsUsual(const QWidget *control) const;
    /// What an untouched form holds there has become another: shown unless the control was edited. False where it was,
    /// to yet another.
    bool renewUsualText(QLineEdit *edit, const QString &text);
    /// setUsualText() of a password, which is kept nowhere but in its field.
    void setUsualSecret(SecretField *field, const SecretString &secret);

    /// Nothing where it is empty or no number.
    std::optional<qint64> number(const QLineEdit *edit) const;
    /// What is none is left out.
    QList<qint64> quantities(const QLineEdit *edit) const;
    static QStringList subjects(const QLineEdit *edit);

    QString nameOf(const QWidget *control) const { return m_names.value(control); }
    /// What belongs below the control for subjects; nothing for any other.
    /// What stands above the control of that field, without its unit; the field's own name where it has none.
    QString labelOf(const QString &field) const;
    SubjectPreview *previewOf(const QWidget *control) const;
    /// What was typed where a number or a list of subjects belongs, and is none, or what may be cut off.
    FieldErrors typedProblems() const;

    /// Something was typed; `isUsual` where that is what an untouched form holds.
    virtual void noteTyped(const QString &name, Judged judged, bool isUsual) = 0;
    virtual void noteChosen(const QString &name, bool isUsual) = 0;

private:
    bool isAsTold(const QLineEdit *edit) const;
    struct Number {
        QLineEdit *edit;
        QuantityUnit unit;
        Needed needed;
    };
    TypedNumber typed(const Number &number) const;

    QHash<const QWidget *, QString> m_names;
    QHash<const QWidget *, QString> m_usualTexts;
    QList<Number> m_numbers;
    QHash<const QWidget *, SubjectPreview *> m_previews; ///< by the control for subjects
    QHash<const QWidget *, bool> m_usualFlags;
    QHash<const QWidget *, int> m_usualChoices; ///< index, of combo boxes as well
    QHash<const QWidget *, QDateTime> m_usualTimes;
    QHash<const QLineEdit *, QuantityUnit> m_lists;
    QList<DocumentControl *> m_documents;
    QHash<const QWidget *, QJsonValue> m_usualDocuments;
    QObject m_focusWatch; ///< ends before the controls do, which lose the keyboard as they go
    bool m_isSecretUsual = false; ///< the one that is being set
};
