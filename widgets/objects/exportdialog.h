// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/assetexport.h"
#include "widgets/common/questiondialog.h"

#include <functional>

class InlineMessage;
class QPlainTextEdit;
class SegmentedChoice;

/// Shows a stream or consumer in the forms in which it can be taken elsewhere, to be copied or saved. In front of the
/// page; shown with open(); deletes itself when closed. The form that was chosen last is remembered.
class ExportDialog final : public QuestionDialog {
    Q_OBJECT

public:
    using Export = std::function<ExportedAsset(AssetForm)>;

    /// `name` is the object's own, for the file that is proposed.
    ExportDialog(const QString &title, const QString &name, Export exported, QWidget *parent = nullptr);

private:
    void makeChoices();
    void layOut();
    void renew();
    void copy();
    void chooseFile();
    void save(const QString &file);
    AssetForm form() const;

    QString m_name;
    Export m_export;
    SegmentedChoice *m_form;
    QPlainTextEdit *m_text;
    QString m_exported; ///< what stands there: a text edit gives some characters back as others
    InlineMessage *m_missing;
    InlineMessage *m_outcome;
    QPushButton *m_close;
    QPushButton *m_save;
    QPushButton *m_copy;
    Pending<qint64> m_saving;
};
